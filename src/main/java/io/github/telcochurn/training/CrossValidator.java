package io.github.telcochurn.training;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ModelCard.CrossValidation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.dataset.DatasetView;

/**
 * Stratified k-fold cross-validation: every fold has the same share of churned customers. The folds are measured side by side, on
 * all processors, and come out the same on any number of them.
 */
final class CrossValidator {
    private static final Label YES = new Label(ChurnModel.CHURNED);
    /** No probability is held to be 0: one customer would make the mean infinite. */
    private static final double LEAST_PROBABILITY = 1e-15;

    private final int folds;
    private final long seed;
    private final Consumer<String> progress;

    /**
     * A way of dealing the rows.
     *
     * @param folds 2 or more
     * @param seed of the shuffle
     * @param progress is told of each fold; called from several threads, but never by two at once
     */
    CrossValidator(int folds, long seed, Consumer<String> progress) {
        this.folds = folds;
        this.seed = seed;
        this.progress = progress;
    }

    private record FoldResult(LabelEvaluation evaluation, double brier, double logLoss) {}

    /**
     * Trains on all folds but one and measures on that one, for each.
     *
     * @return the means of each algorithm over the same folds, the smallest log loss first; of equal ones, in the given order
     */
    Map<Algorithm, CrossValidation> measure(List<Algorithm> algorithms, TrainingData data) throws InterruptedException {
        int[] foldOf = deal(data.uniform());
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            Map<Algorithm, List<Future<FoldResult>>> started = start(algorithms, data, foldOf, threads);
            Map<Algorithm, CrossValidation> measured = new EnumMap<>(Algorithm.class);
            for (Algorithm algorithm : algorithms) {
                List<FoldResult> results = new ArrayList<>();
                for (Future<FoldResult> fold : started.get(algorithm)) {
                    results.add(fold.get());
                }
                measured.put(algorithm, means(results));
            }
            return bestFirst(measured);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A model cannot be trained: " + ChurnFailure.rootMessage(e), e);
        } finally {
            threads.shutdownNow();
        }
    }

    private Map<Algorithm, List<Future<FoldResult>>> start(
            List<Algorithm> algorithms, TrainingData data, int[] foldOf, ExecutorService threads) {
        AtomicInteger done = new AtomicInteger();
        int all = folds * algorithms.size();
        Map<Algorithm, List<Future<FoldResult>>> started = new EnumMap<>(Algorithm.class);
        // The last are the slowest, and a slow one that begins last would keep all other processors waiting.
        for (int i = algorithms.size() - 1; i >= 0; i--) {
            Algorithm algorithm = algorithms.get(i);
            List<Future<FoldResult>> ofAlgorithm = new ArrayList<>();
            for (int fold = 0; fold < folds; fold++) {
                int held = fold;
                ofAlgorithm.add(threads.submit(() -> {
                    FoldResult result =
                            measureFold(algorithm, algorithm.recipe().examples(data), foldOf, held);
                    report(algorithm, held, result, done, all);
                    return result;
                }));
            }
            started.put(algorithm, ofAlgorithm);
        }
        return started;
    }

    private static Map<Algorithm, CrossValidation> bestFirst(Map<Algorithm, CrossValidation> measured) {
        Map<Algorithm, CrossValidation> sorted = new LinkedHashMap<>();
        measured.entrySet().stream()
                .sorted(Comparator.comparingDouble(entry -> entry.getValue().logLoss()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private synchronized void report(Algorithm algorithm, int fold, FoldResult result, AtomicInteger done, int all) {
        progress.accept(String.format(
                Locale.ROOT,
                "compared %d of %d: %s, fold %d, log loss %.4f",
                done.incrementAndGet(),
                all,
                algorithm,
                fold + 1,
                result.logLoss()));
    }

    private CrossValidation means(List<FoldResult> results) {
        return new CrossValidation(
                folds,
                seed,
                mean(results, result -> result.evaluation().AUCROC(YES)),
                mean(results, result -> result.evaluation().accuracy()),
                mean(results, result -> result.evaluation().precision(YES)),
                mean(results, result -> result.evaluation().recall(YES)),
                mean(results, result -> result.evaluation().f1(YES)),
                mean(results, FoldResult::brier),
                mean(results, FoldResult::logLoss));
    }

    private int[] deal(Dataset<Label> data) {
        List<Integer> churned = new ArrayList<>();
        List<Integer> stayed = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            (data.getExample(i).getOutput().equals(YES) ? churned : stayed).add(i);
        }
        Random random = new Random(seed);
        Collections.shuffle(churned, random);
        Collections.shuffle(stayed, random);
        int[] foldOf = new int[data.size()];
        for (List<Integer> kind : List.of(churned, stayed)) {
            for (int i = 0; i < kind.size(); i++) {
                foldOf[kind.get(i)] = i % folds;
            }
        }
        return foldOf;
    }

    private static FoldResult measureFold(Algorithm algorithm, Dataset<Label> data, int[] foldOf, int fold) {
        Trainer<Label> trainer = algorithm.recipe().trainer();
        // Each fold has a seed of its own, which does not depend on which of them is trained first.
        trainer.setInvocationCount(fold);
        Model<Label> model = trainer.train(view(data, foldOf, fold, false));
        Dataset<Label> held = view(data, foldOf, fold, true);
        List<Prediction<Label>> predictions = model.predict(held);
        return new FoldResult(
                new LabelEvaluator().evaluate(model, predictions, held.getProvenance()),
                mean(predictions, (probability, outcome) -> (probability - outcome) * (probability - outcome)),
                mean(predictions, CrossValidator::logLoss));
    }

    private static Dataset<Label> view(Dataset<Label> data, int[] foldOf, int fold, boolean held) {
        int[] indices = IntStream.range(0, foldOf.length)
                .filter(i -> (foldOf[i] == fold) == held)
                .toArray();
        return new DatasetView<>(data, indices, held ? "held out" : "training");
    }

    private static double logLoss(double probability, double outcome) {
        return -Math.log(Math.max(LEAST_PROBABILITY, outcome == 1 ? probability : 1 - probability));
    }

    /**
     * Of what a prediction costs.
     *
     * @param cost by the probability of churn, and the outcome, which is 1 for those who left, else 0
     */
    private static double mean(List<Prediction<Label>> predictions, ToDoubleBiFunction<Double, Double> cost) {
        return predictions.stream()
                .mapToDouble(prediction -> {
                    double outcome = prediction.getExample().getOutput().equals(YES) ? 1.0 : 0.0;
                    double probability =
                            prediction.getOutputScores().get(ChurnModel.CHURNED).getScore();
                    return cost.applyAsDouble(probability, outcome);
                })
                .average()
                .orElseThrow();
    }

    private static double mean(List<FoldResult> results, ToDoubleFunction<FoldResult> figure) {
        return results.stream().mapToDouble(figure).average().orElseThrow();
    }
}
