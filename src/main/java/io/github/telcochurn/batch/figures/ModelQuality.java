package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.telcochurn.scoring.CalibrationBin;
import io.github.telcochurn.scoring.Confusion;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.PredictionQuality;
import java.util.List;

/**
 * How accurate the predictions were for the customers whose label is in the data.
 *
 * @param customers with a label
 * @param trainingData whether the model was trained on this very file, so that every figure here flatters it; null when that is
 *     not known for the model that scored
 * @param crossValidation what to expect for customers that the model has not seen; null when it is not known for the model
 *     that scored
 * @param auc the probability that one who left was given a higher probability than one who stayed, ties counting half (Mann
 *     and Whitney 1947); 0 to 1, null when all left or all stayed
 * @param brier mean squared error of the probability; 0 is best, 1 worst (Brier 1950)
 * @param accuracy share of right predictions, 0 to 1
 * @param precision of those predicted to leave, the share who did; null when there are none
 * @param recall of those who left, the share that was predicted to; null when there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelQuality(
        long customers,
        Boolean trainingData,
        ModelCard.CrossValidation crossValidation,
        Confusion confusion,
        Double auc,
        double brier,
        double accuracy,
        Double precision,
        Double recall,
        List<CalibrationBin> calibration) {

    /**
     * Null when no customer has a label.
     *
     * @param scored in the order of their probabilities
     * @param card of the model that scored them; null when it is not known
     * @param inputSha256 of the file that they come from, lower-case hex
     */
    static ModelQuality of(List<ScoredCustomer> scored, ModelCard card, String inputSha256) {
        List<ScoredCustomer> labelled =
                scored.stream().filter(c -> c.profile().outcome().isKnown()).toList();
        if (labelled.isEmpty()) {
            return null;
        }
        double[] probabilities =
                labelled.stream().mapToDouble(ScoredCustomer::probability).toArray();
        double[] outcomes =
                labelled.stream().mapToDouble(c -> c.hasLeft() ? 1 : 0).toArray();
        // By the field prediction, which another scorer may have set at another threshold.
        Confusion confusion = Confusion.of(i -> labelled.get(i).predictedYes(), outcomes);
        PredictionQuality measured = PredictionQuality.of(probabilities, outcomes, 0.5);
        return new ModelQuality(
                labelled.size(),
                // What a model that was imported was trained on is not known.
                (card == null || card.isImported()) ? null : Boolean.valueOf(card.isTrainedOn(inputSha256)),
                card == null ? null : card.crossValidation(),
                confusion,
                Double.isNaN(measured.auc()) ? null : Double.valueOf(measured.auc()),
                measured.brier(),
                confusion.accuracy(),
                confusion.precision(),
                confusion.recall(),
                CalibrationBin.table(probabilities, outcomes));
    }
}
