package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.scoring.ModelComparison;
import io.github.telcochurn.scoring.ScoreShift;
import io.github.telcochurn.scoring.Shadow;
import java.util.List;

/**
 * How the shadow differs from what scored a run, over the run's customers.
 *
 * @param version of the shadow
 * @param shift from the model that scored to the shadow
 * @param labelled how many of these customers have a label
 * @param champion how good the probabilities that the run gave are on these; null without both outcomes
 * @param shadow how good those of the shadow are
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ShadowFigures(
        String version,
        @JsonUnwrapped ScoreShift shift,
        int labelled,
        ModelComparison.Quality champion,
        ModelComparison.Quality shadow) {
    /**
     * Compares; null when there is no shadow that could be used, or nobody whom it has scored.
     *
     * @param customers each once
     * @param settings with the threshold and the tiers
     */
    static ShadowFigures of(List<ScoredCustomer> customers, Shadow shadow, ChurnConfig.Score settings) {
        if (!shadow.isActive()) {
            return null;
        }
        ModelComparison.Tally tally = new ModelComparison.Tally(settings);
        for (ScoredCustomer customer : customers) {
            double byShadow = customer.profile().shadowProbability();
            if (!Double.isNaN(byShadow)) {
                tally.add(customer.probability(), byShadow, customer.profile().outcome());
            }
        }
        ModelComparison found = tally.build();
        return found.shift().customers() == 0
                ? null
                : new ShadowFigures(shadow.version(), found.shift(), found.labelled(), found.first(), found.second());
    }
}
