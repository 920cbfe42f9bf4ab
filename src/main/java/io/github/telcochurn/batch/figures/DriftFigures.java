package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.telcochurn.scoring.Drift;
import java.util.List;

/**
 * How far the run's customers differ from those that the model was trained on.
 *
 * @param customers that were compared
 * @param score of the probabilities
 * @param columns in their order
 */
record DriftFigures(long customers, Shift score, List<Shift> columns) {
    /** From this index on a shift is moderate, by the same convention as {@link Drift#NOTABLE_PSI}. */
    private static final double MODERATE_PSI = 0.1;

    /** What an index means. */
    enum Verdict {
        STABLE("stable"),
        MODERATE("moderate"),
        SHIFTED("shifted"),
        TOO_FEW("too few to tell");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        @JsonValue
        String label() {
            return label;
        }
    }

    /**
     * The shift of one column, or of the score.
     *
     * @param psi population stability index, 0 or more
     * @param change its direction in words; null where the shift is small or nothing can be said
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Shift(String name, double psi, Verdict verdict, String change) {}

    static DriftFigures of(Drift drift) {
        return new DriftFigures(
                drift.customers(),
                shift("score", drift.ofScore(), drift.customers()),
                drift.byColumn().entrySet().stream()
                        .map(column -> shift(column.getKey(), column.getValue(), drift.customers()))
                        .toList());
    }

    private static Shift shift(String name, Drift.Shift found, long customers) {
        Verdict verdict = verdict(found.psi(), customers);
        boolean hasDirection = (verdict == Verdict.MODERATE || verdict == Verdict.SHIFTED)
                && !found.change().isEmpty();
        return new Shift(name, found.psi(), verdict, hasDirection ? found.change() : null);
    }

    private static Verdict verdict(double psi, long customers) {
        if (customers < Drift.FEWEST_VALUES) {
            return Verdict.TOO_FEW;
        }
        if (psi > Drift.NOTABLE_PSI) {
            return Verdict.SHIFTED;
        }
        return psi < MODERATE_PSI ? Verdict.STABLE : Verdict.MODERATE;
    }
}
