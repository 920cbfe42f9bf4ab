package io.github.telcochurn.scoring;

/** How urgent a customer is. */
public enum RiskTier {
    LOW("Low"),
    MEDIUM("Medium"),
    HIGH("High");

    private final String label;

    RiskTier(String label) {
        this.label = label;
    }

    /** As it stands in messages and reports. */
    public String label() {
        return label;
    }
}
