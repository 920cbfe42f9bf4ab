package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.telcochurn.scoring.ExpectedQuality;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.PredictionQuality;
import java.util.List;

/**
 * How good the predictions can be expected to be, by their probabilities alone; see {@link ExpectedQuality}.
 *
 * @param customers each once
 * @param auc 0 to 1; null when no customer could leave, or none could stay
 * @param accuracy share of right predictions, 0 to 1
 * @param crossValidatedAuc by the card of the model, to compare with; null when the card is not that of the model that scored
 * @param crossValidatedAccuracy likewise, at a threshold of 0.5
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExpectedFigures(
        long customers, Double auc, double accuracy, Double crossValidatedAuc, Double crossValidatedAccuracy) {
    /**
     * Estimates; null without customers.
     *
     * @param customers each once
     * @param card of the model that scored them; null when it is not known
     */
    static ExpectedFigures of(List<ScoredCustomer> customers, ModelCard card) {
        if (customers.isEmpty()) {
            return null;
        }
        double[] probabilities =
                customers.stream().mapToDouble(ScoredCustomer::probability).toArray();
        ExpectedQuality expected = ExpectedQuality.of(
                probabilities, customer -> customers.get(customer).predictedYes());
        PredictionQuality known = card == null ? null : card.crossValidation().performance();
        return new ExpectedFigures(
                probabilities.length,
                Double.isFinite(expected.auc()) ? Double.valueOf(expected.auc()) : null,
                expected.accuracy(),
                known == null ? null : Double.valueOf(known.auc()),
                known == null ? null : Double.valueOf(known.accuracy()));
    }
}
