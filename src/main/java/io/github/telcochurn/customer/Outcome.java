package io.github.telcochurn.customer;

/** Whether a customer left, as far as it is known. */
public enum Outcome {
    CHURNED,
    STAYED,
    /** The data has no label here. */
    UNKNOWN;

    public boolean isKnown() {
        return this != UNKNOWN;
    }

    /** As a number for figures: 1 for a customer who left, 0 for all others. */
    public int indicator() {
        return this == CHURNED ? 1 : 0;
    }
}
