package io.github.telcochurn.scoring;

/**
 * A correction of margins, so that of the customers with a probability p the share p leaves: slope * margin + intercept (Platt,
 * Probabilistic outputs for support vector machines, 1999).
 *
 * @param slope above 0: the ranking stays as it is
 */
public record Calibration(double slope, double intercept) {
    /** Leaves margins as they are. */
    public static final Calibration NONE = new Calibration(1, 0);

    /** The corrected margin. */
    public double of(double margin) {
        return slope * margin + intercept;
    }

    /** The probability, 0 to 1, that belongs to the corrected margin. */
    public double probability(double margin) {
        return 1 / (1 + Math.exp(-of(margin)));
    }
}
