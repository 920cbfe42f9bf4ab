package io.github.telcochurn.scoring;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.telcochurn.customer.CustomerSchema;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of a model, kept as JSON beside its file.
 *
 * @param version named by its content: equal parameters have equal versions
 * @param file the model's file, in the card's folder
 * @param sha256 of that file, lower-case hex; checked before the file is parsed
 * @param trainedAt ISO-8601, UTC
 * @param schema of the customers that it scores
 * @param data that it was trained on; of a model that was imported, the data that it was measured with
 * @param calibration of its margins; null when they need none
 * @param crossValidation null for a model that was imported
 * @param candidates that were compared, best first
 * @param choice why this kind of model was chosen, in a sentence; null when somebody chose it
 * @param features that the model sees, sorted by their names
 * @param importance of the columns, strongest first
 * @param baseline what later data is compared with
 * @param onnx how its file is to be used; null for a model of Tribuo
 * @param evaluation of predictions about customers whom it has not learnt from, or of a model that was imported, about the data that it
 *     was measured with; null in cards of earlier releases
 */
@JsonPropertyOrder({
    "version",
    "file",
    "sha256",
    "trained_at",
    "schema",
    "data",
    "trainer",
    "calibration",
    "cross_validation",
    "candidates",
    "choice",
    "features",
    "importance",
    "baseline",
    "onnx",
    "evaluation"
})
public record ModelCard(
        String version,
        String file,
        String sha256,
        @JsonProperty("trained_at") String trainedAt,
        Schema schema,
        Data data,
        Trainer trainer,
        @JsonInclude(JsonInclude.Include.NON_NULL) Calibration calibration,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("cross_validation")
        CrossValidation crossValidation,

        List<Candidate> candidates,
        @JsonInclude(JsonInclude.Include.NON_NULL) String choice,
        List<Feature> features,
        List<Importance> importance,
        Baseline baseline,
        @JsonInclude(JsonInclude.Include.NON_NULL) Onnx onnx,
        @JsonInclude(JsonInclude.Include.NON_NULL) CardFigures evaluation) {

    /** Whether another library trained the model. */
    @JsonIgnore
    public boolean isImported() {
        return onnx != null;
    }

    /** Whether the model is known to be trained on a file with this SHA-256; it never is for an imported model. */
    public boolean isTrainedOn(String fileSha256) {
        return !isImported() && data.sha256().equals(fileSha256);
    }

    /** The same with the importance of the columns, which can be measured only once there is a model with a card. */
    public ModelCard with(List<Importance> measured) {
        return with(onnx, baseline, measured, evaluation);
    }

    /** The same of an imported model that was measured. */
    public ModelCard with(
            Onnx imported, Baseline measuredBaseline, List<Importance> measuredImportance, CardFigures measured) {
        return new ModelCard(
                version,
                file,
                sha256,
                trainedAt,
                schema,
                data,
                trainer,
                calibration,
                crossValidation,
                candidates,
                choice,
                features,
                measuredImportance,
                measuredBaseline,
                imported,
                measured);
    }

    /** The name of the champion's card in a folder of an earlier release, which had one model and no history. */
    public static final String CHAMPION = "champion.json";

    /**
     * What a customer was when the model was trained.
     *
     * @param fingerprint of {@link CustomerSchema#definitions()}
     * @param columns what each column's values were, by its name
     */
    public record Schema(String name, String fingerprint, Map<String, String> columns) {
        /** Of a schema as it is now. */
        public static Schema of(CustomerSchema schema) {
            return new Schema(schema.name(), schema.fingerprint(), schema.definitions());
        }

        /** The columns that are other now, or are gone, or are new; empty when the model fits the schema. */
        Set<String> columnsOtherThan(CustomerSchema schema) {
            Map<String, String> now = schema.definitions();
            Set<String> names = new TreeSet<>(columns.keySet());
            names.addAll(now.keySet());
            names.removeIf(column -> Objects.equals(columns.get(column), now.get(column)));
            return names;
        }
    }

    /**
     * A way of training that was compared with others on the same folds.
     *
     * @param trainer its name, as the option {@code --trainer} has it
     */
    public record Candidate(
            String trainer,
            @JsonProperty("cross_validation") CrossValidation crossValidation) {}

    /**
     * What it was trained on.
     *
     * @param sha256 of the CSV file, lower-case hex
     * @param rows used for training
     * @param churned of these, how many left
     */
    public record Data(String file, String sha256, int rows, int churned) {}

    /** How it was trained. */
    public record Trainer(String name, Map<String, Object> parameters) {}

    /**
     * A model of another library, as an ONNX file.
     *
     * @param input the name of its input
     * @param columns the names of the features in the order in which the input has them
     * @param churnedColumn the column of its output, 0 or 1, that is the probability of churn
     * @param measured how good it was on {@link #data} when it was imported
     */
    public record Onnx(
            String input,
            List<String> columns,
            @JsonProperty("churned_column") int churnedColumn,
            PredictionQuality measured) {}

    /** Where a figure is, with a probability of 95 %. */
    public record Interval(double from, double to) {}

    /**
     * Repeated stratified cross-validation. Every figure is the mean over all folds of all repetitions, but for the calibration
     * error, which is the mean over the repetitions; see {@link PredictionQuality}. Those that need a threshold are at 0.5.
     *
     * @param folds of each repetition
     * @param seed of the shuffles that deal the rows to the folds
     * @param intervals by the figures' names
     */
    public record CrossValidation(
            int folds,
            int repeats,
            long seed,
            @JsonUnwrapped PredictionQuality performance,
            @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, Interval> intervals) {}
}
