package io.github.telcochurn.scoring;

import io.github.telcochurn.config.ChurnConfig;

/** How urgent a customer is. */
public enum RiskTier {
    LOW("Low"),
    MEDIUM("Medium"),
    HIGH("High");

    private final String label;

    RiskTier(String label) {
        this.label = label;
    }

    /** By the bounds of {@code churn.score.tiers}. */
    static RiskTier of(double probability, ChurnConfig.Score settings) {
        if (probability >= settings.highFrom()) {
            return HIGH;
        }
        return probability >= settings.mediumFrom() ? MEDIUM : LOW;
    }

    /** As it stands in messages and reports. */
    public String label() {
        return label;
    }
}
