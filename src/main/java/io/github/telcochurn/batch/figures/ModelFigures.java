package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.telcochurn.scoring.ModelCard;
import java.util.List;

/**
 * Which models made the predictions of a run, and how well they fit its customers.
 *
 * @param modelVersions that made the predictions
 * @param drift null when the customers were not scored by the model whose training data they are compared with
 * @param expected quality, by the probabilities alone; null without customers, and when several models made the predictions, whose
 *     probabilities are not comparable
 * @param quality null without labels
 * @param warnings what is odd about the models, a sentence or two each
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelFigures(
        ScoringModels modelVersions,
        DriftFigures drift,
        @JsonProperty("expected_quality") ExpectedFigures expected,
        ModelQuality quality,
        @JsonIgnore List<String> warnings) {

    /**
     * Compares what was scored with what the card of a model says.
     *
     * @param predictions all predictions
     * @param customers each once, highest risk first
     * @param drift against the training data of that model
     * @param card of the model in the models' folder
     * @param inputSha256 of the file that the customers come from, lower-case hex
     */
    static ModelFigures of(
            List<ScoredCustomer> predictions,
            List<ScoredCustomer> customers,
            DriftFigures drift,
            ModelCard card,
            String inputSha256) {
        ScoringModels models = ScoringModels.of(predictions);
        // The card applies to no other model.
        boolean isCardOfScorer = models.areOnly(card.version());
        return new ModelFigures(
                models,
                isCardOfScorer ? drift : null,
                models.predictions().size() > 1 ? null : ExpectedFigures.of(customers, isCardOfScorer ? card : null),
                ModelQuality.of(customers, isCardOfScorer ? card : null, inputSha256),
                models.warnings(card.version()));
    }
}
