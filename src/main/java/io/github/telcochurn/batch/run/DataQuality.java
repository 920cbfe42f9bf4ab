package io.github.telcochurn.batch.run;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.customer.Violation;
import io.github.telcochurn.customer.ViolationTally;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.scoring.Drift;
import io.github.telcochurn.scoring.ModelCard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Checks a file before anything of it is sent: is it what the model knows, and is it complete? Its rows are validated here and
 * again by the ingest, since keeping all verdicts would take memory that grows with the file.
 */
final class DataQuality {
    /** With less than this share of the rows that the model was trained on, a file may have been cut off. */
    private static final double SMALL_PERCENT = 50;
    /** A share that is worth a warning, in percent. */
    private static final double NOTABLE_PERCENT = 1;

    private static final int SHOWN_VIOLATIONS = 3;

    private final CustomerSchema schema;
    private final ChurnConfig.Quality bounds;
    private final ModelCard card;
    private final Map<String, Long> blanks = new LinkedHashMap<>();
    private final Map<String, Long> unknown = new LinkedHashMap<>();
    private final Drift drift;
    private final RepeatedIds ids = new RepeatedIds();
    private CsvFile file;
    private long rows;
    private long broken;
    private final ViolationTally violations = new ViolationTally();
    private long repeated;

    private final List<String> warnings = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    private DataQuality(CustomerSchema schema, ChurnConfig.Quality bounds, ModelCard card) {
        this.schema = schema;
        this.bounds = bounds;
        this.card = card;
        this.drift = new Drift(schema, card.baseline());
    }

    /**
     * What was found.
     *
     * @param file as it was read
     * @param broken rows that break a rule
     * @param repeated sound rows of a customer who is in another one too, beyond the one that counts
     * @param warnings what is odd, a sentence each
     * @param refusals which bounds are exceeded, a sentence each; when empty the file may be ingested
     * @param mostFrequent the violations that most rows have, a line each
     */
    record Findings(
            CsvFile file,
            long rows,
            long broken,
            long repeated,
            List<String> warnings,
            List<String> refusals,
            List<String> mostFrequent) {
        /** Why the file is refused, and what to do about it, in several lines. */
        String refusal(Path input) {
            List<String> lines = new ArrayList<>();
            lines.add("Nothing of " + input + " was sent: " + String.join("; ", refusals) + ".");
            if (!mostFrequent.isEmpty()) {
                lines.add("The most frequent violations:");
                lines.addAll(mostFrequent);
            }
            lines.add("Correct the file, or change the bound.");
            return String.join("\n", lines);
        }
    }

    /**
     * Reads the whole file.
     *
     * @param validator decides which rows are broken
     */
    static Findings of(Path csv, CustomerValidator validator, ModelCard card, ChurnConfig.Quality bounds) {
        DataQuality quality = new DataQuality(validator.schema(), bounds, card);
        quality.read(csv, validator.isLenient());
        quality.judge();
        return new Findings(
                quality.file,
                quality.rows,
                quality.broken,
                quality.repeated,
                quality.warnings,
                quality.refusals,
                new ViolationLines(new Remedy(validator.schema()), csv)
                        .of(quality.violations.mostFrequent(SHOWN_VIOLATIONS)));
    }

    private void read(Path csv, boolean lenient) {
        // The lenient one distinguishes blanks and unknown categories from what cannot be a value at all.
        file = CsvFile.read(csv, new CustomerValidator(schema, CustomerValidator.Mode.LENIENT), (row, line) -> {
            rows++;
            row.warnings().forEach(this::count);
            row.violations().forEach(violation -> violations.add(violation, line));
            row.warnings().forEach(warning -> violations.add(warning, line));
            if (!row.isValid() || !(lenient || row.warnings().isEmpty())) {
                broken++;
            } else {
                drift.add(row.customer());
                ids.add(row.customer().customerId());
            }
        });
        repeated = ids.count();
    }

    private void count(Violation warning) {
        boolean isUnknown =
                schema.field(warning.field()).isCategory() && !warning.rule().equals(Violation.MISSING);
        (isUnknown ? unknown : blanks).merge(warning.field(), 1L, Long::sum);
    }

    private void judge() {
        if (rows < bounds.minRows()) {
            refusals.add(String.format(
                    Locale.ROOT, "it has %,d rows; churn.quality.min-rows is %,d", rows, bounds.minRows()));
        } else if (100.0 * rows < SMALL_PERCENT * card.data().rows()) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "The file has %,d rows; the model was trained on %,d. Is it complete?",
                    rows,
                    card.data().rows()));
        }
        share("rows that break a rule", broken, bounds.maxBrokenPercent(), "churn.quality.max-broken-percent");
        blanks.forEach((column, count) ->
                share("rows without a " + column, count, bounds.maxBlankPercent(), "churn.quality.max-blank-percent"));
        unknown.forEach((column, count) -> share(
                "rows with a " + column + " that the model does not know",
                count,
                bounds.maxUnknownPercent(),
                "churn.quality.max-unknown-percent"));
        repetitions();
        shifts();
    }

    private void share(String what, long count, double bound, String key) {
        if (rows == 0) {
            return;
        }
        double percent = 100.0 * count / rows;
        String found = String.format(Locale.ROOT, "%.1f %% %s", percent, what);
        if (percent > bound) {
            refusals.add(String.format(Locale.ROOT, "it has %s; %s is %.1f", found, key, bound));
        } else if (percent >= NOTABLE_PERCENT) {
            warnings.add("The file has " + found + ".");
        }
    }

    private void repetitions() {
        if (repeated == 0) {
            return;
        }
        double percent = 100.0 * repeated / rows;
        String found = String.format(
                Locale.ROOT, "%,d rows (%.1f %%) of customers who are in it more than once", repeated, percent);
        if (percent > bounds.maxDuplicatePercent()) {
            refusals.add(String.format(
                    Locale.ROOT,
                    "it has %s; churn.quality.max-duplicate-percent is %.1f",
                    found,
                    bounds.maxDuplicatePercent()));
        } else {
            warnings.add("The file has " + found + ". The report counts each customer once, by the last row.");
        }
    }

    private void shifts() {
        if (drift.customers() < Drift.FEWEST_VALUES) {
            return;
        }
        Map<String, Drift.Shift> shifted = new LinkedHashMap<>(drift.byColumn());
        shifted.values().removeIf(shift -> shift.psi() < Drift.NOTABLE_PSI);
        if (shifted.isEmpty()) {
            return;
        }
        String list = shifted.entrySet().stream()
                .map(column -> inWords(column.getKey(), column.getValue()))
                .collect(Collectors.joining(", "));
        boolean refused =
                bounds.maxPsi() > 0 && shifted.values().stream().anyMatch(shift -> shift.psi() > bounds.maxPsi());
        if (refused) {
            refusals.add("it has shifted in " + list + "; churn.quality.max-psi is " + bounds.maxPsi());
        } else {
            warnings.add("The customers have shifted since the model was trained, in " + list
                    + ". Its scores may be off; consider ./churn train.");
        }
    }

    private static String inWords(String column, Drift.Shift shift) {
        String change = shift.change().isEmpty() ? "" : ", " + shift.change();
        return String.format(Locale.ROOT, "%s (PSI %.2f%s)", column, shift.psi(), change);
    }
}
