package io.github.telcochurn.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.telcochurn.ChurnFailure;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what a run leaves for its readers: Markdown for people, JSON for programs, and every prediction as CSV. */
final class BatchReport {
    private static final Logger LOG = LoggerFactory.getLogger(BatchReport.class);
    private static final int TOP_CUSTOMERS = 20;
    private static final int SHOWN_DEAD_LETTERS = 20;
    private static final CSVFormat CSV = CSVFormat.RFC4180
            .builder()
            .setHeader(
                    "customerID",
                    "churn_probability",
                    "prediction",
                    "confidence_score",
                    "risk_tier",
                    "event_ts",
                    "processed_ts",
                    "model_version")
            .get();

    private final Path dir;

    /** For reports in that folder, which is made when missing. */
    BatchReport(Path dir) {
        this.dir = dir;
    }

    /**
     * Writes the three files, or none of them.
     *
     * @return the Markdown file
     * @throws ChurnFailure when they cannot be written
     */
    Path write(BatchSummary summary, RunRecords records) {
        String name = "batch_report_" + summary.runId();
        Path predictions = dir.resolve(name + "_predictions.csv");
        Path json = dir.resolve(name + ".json");
        Path markdown = dir.resolve(name + ".md");
        try {
            Files.createDirectories(dir);
            writePredictions(predictions, records.predictions());
            Files.write(json, json(summary));
            Files.writeString(markdown, markdown(summary, records));
            return markdown;
        } catch (IOException e) {
            // Half a report would be taken for a whole one.
            List.of(predictions, json, markdown).forEach(BatchReport::deleteQuietly);
            throw new ChurnFailure(
                    "The report cannot be written in " + dir + ": " + e.getMessage()
                            + ". What was ingested and scored is on the topics, and stays.",
                    e);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} is not whole, and cannot be deleted: {}", file, e.toString());
        }
    }

    private static byte[] json(BatchSummary summary) throws IOException {
        return (new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(summary) + "\n")
                .getBytes(UTF_8);
    }

    private static void writePredictions(Path file, List<RunRecords.Prediction> predictions) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file);
                CSVPrinter csv = new CSVPrinter(writer, CSV)) {
            for (RunRecords.Prediction prediction : predictions) {
                csv.printRecord(
                        spreadsheetSafe(prediction.customerId()),
                        prediction.churnProbability(),
                        prediction.prediction(),
                        prediction.confidenceScore(),
                        prediction.riskTier(),
                        prediction.eventTs(),
                        prediction.processedTs(),
                        prediction.modelVersion());
            }
        }
    }

    /** A cell that begins like a formula would be run by a spreadsheet; an apostrophe makes it text. */
    private static String spreadsheetSafe(String cell) {
        return !cell.isEmpty() && "=+-@\t\r\n".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }

    private static String markdown(BatchSummary summary, RunRecords records) {
        Books books = summary.books();
        return String.format(
                Locale.ROOT,
                """
                # Batch run %s

                **%s**: %,d rows read = %,d predictions + %,d dead letters (%.2f %%; the threshold is %.2f %%).

                | | |
                | --- | --- |
                | started | %s |
                | input | %s |
                | model | %s |

                ## The books

                Counted on the topics, for the messages that carry this run's id.

                | | count |
                | --- | ---: |
                | rows read | %,d |
                | rows rejected (dead letters) | %,d |
                | raw messages | %,d |
                | predictions | %,d |
                | raw messages rejected (dead letters) | %,d |

                rows read = rows rejected + raw messages, and raw messages = predictions + dead letters: %s.

                ## Steps

                | step | seconds |
                | --- | ---: |
                %s

                %,.0f rows a second over all steps.

                ## Risk

                | tier | customers |
                | --- | ---: |
                %s

                The customers most at risk (all of them stand in `batch_report_%s_predictions.csv`):

                | customer | churn probability | tier |
                | --- | ---: | --- |
                %s
                %s""",
                summary.runId(),
                headline(summary.status()),
                books.rowsRead(),
                books.predictions(),
                books.deadLetters(),
                summary.successRate(),
                summary.successThreshold(),
                summary.startedAt(),
                cell(summary.input()),
                cell(summary.modelVersion()),
                books.rowsRead(),
                books.rowsRejected(),
                books.rawMessages(),
                books.predictions(),
                books.deadMessages(),
                books.isBalanced() ? "they balance" : "**they do not balance**",
                rows(summary.seconds(), "| %s | %.3f |"),
                summary.rowsPerSecond(),
                rows(summary.tiers(), "| %s | %,d |"),
                summary.runId(),
                topCustomers(records.predictions()),
                deadLetters(summary, records));
    }

    private static String headline(BatchSummary.Status status) {
        return switch (status) {
            case SUCCEEDED -> "Succeeded";
            case BELOW_THRESHOLD -> "Below the success threshold";
            case BOOKS_DO_NOT_BALANCE -> "Failed: the books do not balance";
        };
    }

    private static String rows(Map<String, ?> values, String format) {
        return values.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, format, cell(entry.getKey()), entry.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String topCustomers(List<RunRecords.Prediction> predictions) {
        return predictions.stream()
                .limit(TOP_CUSTOMERS)
                .map(prediction -> String.format(
                        Locale.ROOT,
                        "| %s | %.3f | %s |",
                        cell(prediction.customerId()),
                        prediction.churnProbability(),
                        prediction.riskTier()))
                .collect(Collectors.joining("\n"));
    }

    private static String deadLetters(BatchSummary summary, RunRecords records) {
        if (records.letters().isEmpty()) {
            return "";
        }
        String shown = records.letters().stream()
                .limit(SHOWN_DEAD_LETTERS)
                .map(letter -> "- " + cell(letter.message()))
                .collect(Collectors.joining("\n"));
        return String.format(Locale.ROOT, """

                ## Dead letters

                | reason | count |
                | --- | ---: |
                %s

                The first of them:

                %s
                """, rows(summary.deadLettersByReason(), "| %s | %,d |"), shown);
    }

    /** Text from the data, which must not become Markdown or HTML. */
    private static String cell(String text) {
        return text.replaceAll("\\R", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replaceAll("([\\\\`*_\\[\\]|])", "\\\\$1");
    }
}
