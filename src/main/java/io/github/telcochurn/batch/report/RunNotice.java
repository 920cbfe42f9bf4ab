package io.github.telcochurn.batch.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.batch.journal.StepRecord;
import io.github.telcochurn.customer.Numbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What people and programs are told about a run that has ended. Its JSON, which {@code routes/notify-webhook.camel.yaml}
 * writes, is that of {@code schemas/run-notice.schema.json}.
 *
 * @param run as it ended
 * @param report the report in Markdown; null when none was written
 * @param html the report in HTML; null when none was written
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"run", "subject", "report", "report_html"})
public record RunNotice(
        @JsonUnwrapped RunState run,
        // Jackson would write a path as an address: file:///reports/…
        @JsonSerialize(using = ToStringSerializer.class) Path report,

        @JsonSerialize(using = ToStringSerializer.class) @JsonProperty("report_html")
        Path html) {
    /** A subject that is longer is cut off by mail programs anyway. */
    private static final int SUBJECT_LENGTH = 200;

    /** The outcome in one line. */
    @JsonProperty
    public String subject() {
        String subject = "Churn batch " + run.runId() + " " + outcome();
        return subject.length() <= SUBJECT_LENGTH ? subject : subject.substring(0, SUBJECT_LENGTH - 1) + "…";
    }

    private String outcome() {
        return switch (run.status()) {
            case SUCCEEDED -> "succeeded" + figures();
            case BELOW_THRESHOLD -> "is below its success threshold" + figures();
            case STOPPED -> "was stopped" + figures();
            case FAILED ->
                "failed"
                        + (run.failedStep() == null
                                ? ""
                                : " in step " + run.failedStep().name()) + because();
            case RUNNING -> "is running";
        };
    }

    private String figures() {
        if (run.books() == null) {
            return "";
        }
        return ": " + run.books().headline() + (run.highRisk() == null ? "" : "; " + atRisk());
    }

    private String atRisk() {
        return String.format(Locale.ROOT, "%,d at high risk", run.highRisk())
                + (run.revenueAtRisk() == null
                        ? ""
                        : ", "
                                + Numbers.withUnit(
                                        String.format(Locale.ROOT, "%,.0f", run.revenueAtRisk()), run.revenueUnit())
                                + " of revenue");
    }

    private String because() {
        // The subject is used inside sentences.
        return reason() == null ? "" : ": " + oneLine(reason()).replaceFirst("[.]$", "");
    }

    private String reason() {
        if (run.failure() != null) {
            return run.failure();
        }
        return run.failedStep() == null ? null : run.failedStep().detail();
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    /** A few lines for people: the outcome, what to do when it is not good, and where the report is. */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add("Churn batch " + run.runId() + ": " + run.status().label() + ".");
        lines.add("");
        if (run.books() != null) {
            lines.add(run.books().headline() + ".");
        }
        if (run.highRisk() != null) {
            lines.add(atRisk() + ".");
        }
        run.warnings().forEach(warning -> lines.add("Warning: " + warning));
        lines.addAll(whatToDo());
        lines.add("Input: " + run.input());
        lines.add(whereTheReportIs());
        return String.join("\n", lines) + "\n";
    }

    private List<String> whatToDo() {
        return switch (run.status()) {
            case SUCCEEDED, RUNNING -> List.of();
            case BELOW_THRESHOLD ->
                List.of(
                        String.format(
                                Locale.ROOT,
                                "%.2f %% of the rows read must become predictions.",
                                run.successThreshold()),
                        "What to do: see what is wrong with the dead letters (./churn deadletters list), correct it at"
                                + " its source, and replay them (./churn deadletters replay).");
            case STOPPED -> List.of("What to do: nothing is lost; start it again, and it resumes where it stopped.");
            case FAILED -> failedLines();
        };
    }

    private List<String> failedLines() {
        List<String> lines = new ArrayList<>();
        StepRecord step = run.failedStep();
        if (step != null) {
            lines.add("Failed step: " + step.name()
                    + (step.attempts() > 1 ? ", in " + step.attempts() + " attempts." : "."));
        }
        if (reason() != null) {
            lines.add("Why, and what to do: " + reason());
        }
        lines.add("What was committed stays on the topics, and is not repeated when the run is started again.");
        return lines;
    }

    /** One line; also used by routes, since Camel would convert a {@link Path} to text by reading the file. */
    public String whereTheReportIs() {
        return report == null ? "There is no report." : "Report: " + report;
    }
}
