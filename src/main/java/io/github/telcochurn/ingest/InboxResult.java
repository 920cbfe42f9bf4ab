package io.github.telcochurn.ingest;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.telcochurn.ChurnFailure;
import java.time.Instant;
import java.util.Locale;

/**
 * The result for a file of the inbox, which is written beside the file.
 *
 * @param message for people, in one line
 * @param runId of the run that ingested the rows, which may be an earlier one; null when nothing was ingested
 * @param rowsRead all rows of the file, including rejected ones
 * @param rowsRejected how many of these became dead letters
 * @param rowsIngestedBefore how many of the rows read an earlier ingest of this content had committed
 * @param ingestedBeforeAs the name that the file had in that ingest; null when there was none
 * @param ingestedBeforeAt the time of that ingest's last commit; null when there was none
 * @param deadLetters the command that lists the rejected rows; null when there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InboxResult(
        String file,
        Outcome outcome,
        String message,
        @JsonProperty("run_id") String runId,
        String sha256,
        @JsonProperty("rows_read") Long rowsRead,
        @JsonProperty("rows_rejected") Long rowsRejected,
        @JsonProperty("rows_ingested_before") Long rowsIngestedBefore,
        @JsonProperty("ingested_before_as") String ingestedBeforeAs,
        @JsonProperty("ingested_before_at") String ingestedBeforeAt,
        @JsonProperty("dead_letters") String deadLetters,
        @JsonProperty("finished_at") String finishedAt) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** What the inbox did with a file. */
    public enum Outcome {
        INGESTED,
        /** All of its content had been ingested earlier; nothing was ingested now. */
        INGESTED_BEFORE,
        /** It is not a CSV file of customers. */
        FAILED;

        @JsonValue
        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * The result of an ingest that has reached the end of its file.
     *
     * @param began when the run that ingested the file's first row began
     */
    static InboxResult of(IngestRun run, Instant began, Instant now) {
        CsvFile file = run.file();
        IngestRun.Earlier earlier = run.earlier();
        boolean before = earlier != null && run.rowsRead() == earlier.rows();
        String deadLetters = run.rowsRejected() == 0 ? null : "./churn deadletters list --since " + began;
        return new InboxResult(
                file.name(),
                before ? Outcome.INGESTED_BEFORE : Outcome.INGESTED,
                message(run, before) + (deadLetters == null ? "" : " " + deadLetters + " shows what was rejected."),
                run.runId(),
                file.sha256(),
                run.rowsRead(),
                run.rowsRejected(),
                earlier == null ? 0 : earlier.rows(),
                earlier == null ? null : earlier.file(),
                earlier == null ? null : earlier.at().toString(),
                deadLetters,
                now.toString());
    }

    private static String message(IngestRun run, boolean before) {
        String rows = String.format(
                Locale.ROOT, "%,d rows read, %,d rejected, run %s.", run.rowsRead(), run.rowsRejected(), run.runId());
        if (before) {
            return String.format(
                    Locale.ROOT,
                    "Nothing ingested from %s: the same content was ingested before, as %s at %s. That was: %s",
                    run.file().name(),
                    run.earlier().file(),
                    run.earlier().at(),
                    rows);
        }
        String resumed = run.earlier() == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        " %,d of them had already been committed by %s, as %s.",
                        run.earlier().rows(),
                        run.earlier().at(),
                        run.earlier().file());
        return "Ingested " + run.file().name() + ": " + rows + resumed;
    }

    /** The result for a file that cannot be ingested. */
    static InboxResult refused(String file, ChurnFailure why, Instant now) {
        return new InboxResult(
                file,
                Outcome.FAILED,
                "Nothing ingested from " + file + ": " + why.getMessage(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                now.toString());
    }

    /** The content of the result file. */
    @JsonIgnore
    public String json() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
