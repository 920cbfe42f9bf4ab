package io.github.telcochurn.training;

import io.github.telcochurn.scoring.Feature;
import io.github.telcochurn.scoring.Moments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDModel;

/**
 * A logistic regression at the maximum of its likelihood, less a penalty on the squares of its weights (Hoerl and Kennard, Ridge
 * regression, Technometrics 12, 1970; Le Cessie and van Houwelingen, Ridge estimators in logistic regression, Applied Statistics
 * 41, 1992). It may let the columns that matter most act together: the products of their features are features then.
 *
 * @param penalty of half the sum of squares, where each feature has the standard deviation 1
 * @param interacting how many columns act together by twos; 0 for none
 */
record RidgeRegression(double penalty, int interacting) implements Recipe {
    /** Of a product: with less it is the same for nearly all customers. */
    private static final double LEAST_VARIANCE = 1e-4;

    @Override
    public Fit fit(TrainingData data, int[] rows, int draw) {
        List<Feature> features = data.features().features();
        LinearFit plain = LinearFit.of(features, data.columns(), data.outcomes(), rows, penalty);
        if (interacting == 0) {
            return plain;
        }
        List<Feature> all = new ArrayList<>(features);
        List<double[]> columns = new ArrayList<>(data.columns());
        Set<String> strongest = strongest(features, plain.spreads());
        for (int i = 0; i < features.size(); i++) {
            for (int j = i + 1; j < features.size(); j++) {
                Feature one = features.get(i);
                Feature other = features.get(j);
                if (one.column().equals(other.column())
                        || !strongest.contains(one.column())
                        || !strongest.contains(other.column())) {
                    continue;
                }
                double[] product = product(data.columns().get(i), data.columns().get(j));
                if (Moments.of(product, rows).variance() >= LEAST_VARIANCE) {
                    all.add(Feature.product(one, other));
                    columns.add(product);
                }
            }
        }
        return LinearFit.of(all, columns, data.outcomes(), rows, penalty);
    }

    /** The columns whose contributions to the margin differ most between customers. */
    private Set<String> strongest(List<Feature> features, double[][] contributions) {
        Map<String, double[]> byColumn = new LinkedHashMap<>();
        for (int i = 0; i < contributions.length; i++) {
            double[] sums =
                    byColumn.computeIfAbsent(features.get(i).column(), column -> new double[contributions[0].length]);
            for (int row = 0; row < sums.length; row++) {
                sums[row] += contributions[i][row];
            }
        }
        return byColumn.entrySet().stream()
                .sorted(Comparator.comparingDouble(
                        entry -> -Moments.of(entry.getValue()).variance()))
                .limit(interacting)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static double[] product(double[] one, double[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> one[i] * other[i])
                .toArray();
    }

    @Override
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("method", "Newton");
        parameters.put("l2_penalty", penalty);
        parameters.put("interacting_columns", interacting);
        return parameters;
    }

    @Override
    public String content(Model<Label> model) {
        return Arrays.deepToString(rows((LinearSGDModel) model));
    }

    private static double[][] rows(LinearSGDModel model) {
        var weights = model.getWeightsCopy();
        double[][] rows = new double[weights.getDimension1Size()][weights.getDimension2Size()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = weights.get(i, j);
            }
        }
        return rows;
    }
}
