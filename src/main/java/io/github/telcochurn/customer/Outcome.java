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
}
