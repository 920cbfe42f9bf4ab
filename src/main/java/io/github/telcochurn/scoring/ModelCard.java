package io.github.telcochurn.scoring;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;

/**
 * What is known of a model, kept as JSON beside its file.
 *
 * @param version named by its content: equal parameters have equal versions
 * @param file the model's file, in the card's folder
 * @param sha256 of that file, lower-case hex; checked before the file is parsed
 * @param trainedAt ISO-8601, UTC
 * @param baseline what later data is compared with
 */
@JsonPropertyOrder({
    "version",
    "file",
    "sha256",
    "trained_at",
    "data",
    "trainer",
    "cross_validation",
    "features",
    "baseline"
})
public record ModelCard(
        String version,
        String file,
        String sha256,
        @JsonProperty("trained_at") String trainedAt,
        Data data,
        Trainer trainer,
        @JsonProperty("cross_validation") CrossValidation crossValidation,
        List<String> features,
        Baseline baseline) {

    /** The name of the champion's card in the models' folder. */
    public static final String CHAMPION = "champion.json";

    /**
     * What it was trained on.
     *
     * @param sha256 of the CSV file, lower-case hex
     * @param rows used for training
     * @param churned of these, how many have the label Yes
     */
    public record Data(String file, String sha256, int rows, int churned) {}

    /** How it was trained. */
    public record Trainer(String name, Map<String, Object> parameters) {}

    /**
     * Stratified cross-validation; every figure is the mean over the folds, and is of the class Yes at a threshold of 0.5
     * where it needs one.
     *
     * @param seed of the shuffle that deals the rows to the folds
     * @param auc area under the ROC curve, 0 to 1
     * @param brier mean squared error of the probability, 0 is best (Brier 1950)
     */
    public record CrossValidation(
            int folds,
            long seed,
            double auc,
            double accuracy,
            double precision,
            double recall,
            double f1,
            double brier) {}
}
