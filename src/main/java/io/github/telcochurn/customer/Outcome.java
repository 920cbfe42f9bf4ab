package io.github.telcochurn.customer;

/** What is known of whether a customer left. */
public enum Outcome {
    CHURNED,
    STAYED,
    /** The data has no label here. */
    UNKNOWN;

    public boolean isKnown() {
        return this != UNKNOWN;
    }
}
