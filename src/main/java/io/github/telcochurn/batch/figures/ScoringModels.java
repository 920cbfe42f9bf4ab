package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The models that made a run's predictions, as the predictions themselves say. A service that is up takes over a new champion
 * between two polls, or keeps the old one if it refuses the new one.
 *
 * @param predictions by the model's version, most first; empty without predictions
 */
public record ScoringModels(@JsonValue Map<String, Long> predictions) {
    static ScoringModels of(List<ScoredCustomer> predictions) {
        Map<String, Long> counts = predictions.stream()
                .collect(Collectors.groupingBy(ScoredCustomer::modelVersion, Collectors.counting()));
        Map<String, Long> mostFirst = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(count -> mostFirst.put(count.getKey(), count.getValue()));
        return new ScoringModels(mostFirst);
    }

    /** Whether no model other than this one made a prediction. */
    boolean areOnly(String version) {
        return predictions.keySet().stream().allMatch(version::equals);
    }

    /** The versions, most predictions first; null without predictions. */
    public String names() {
        return predictions.isEmpty() ? null : String.join(", ", predictions.keySet());
    }

    /**
     * What is odd, a sentence or two each.
     *
     * @param checked the version that was in the models' folder when the run began
     */
    List<String> warnings(String checked) {
        if (areOnly(checked)) {
            return List.of();
        }
        String left = " Drift and the cross-validated figures are left out.";
        if (predictions.size() == 1) {
            return List.of(
                    "The model " + names() + " made the predictions, but the champion in churn.model.dir was " + checked
                            + " when the run began: a scorer refused it, or does not see that folder, or another one was promoted"
                            + " meanwhile. ./churn models list shows which one is champion, /observe/health which one scores."
                            + left);
        }
        String counts = predictions.entrySet().stream()
                .map(count -> String.format(Locale.ROOT, "%s (%,d)", count.getKey(), count.getValue()))
                .collect(Collectors.joining(", "));
        return List.of("Several models made the predictions: " + counts
                + ". Their probabilities are not comparable. Another one was promoted during the run, or the scorers do not share"
                + " churn.model.dir. Run the file again with ./churn batch --new." + left);
    }
}
