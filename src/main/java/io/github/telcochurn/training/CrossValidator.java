package io.github.telcochurn.training;

import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ModelCard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.dataset.DatasetView;

/** Stratified k-fold cross-validation: every fold has the same share of churned customers. */
final class CrossValidator {
    private static final Label YES = new Label(ChurnModel.CHURNED);

    private final int folds;
    private final long seed;

    /**
     * A way of dealing the rows.
     *
     * @param folds 2 or more
     * @param seed of the shuffle
     */
    CrossValidator(int folds, long seed) {
        this.folds = folds;
        this.seed = seed;
    }

    private record FoldResult(LabelEvaluation evaluation, double brier) {}

    /** Trains on all folds but one and measures on that one, for each; gives the means. */
    ModelCard.CrossValidation measure(Trainer<Label> trainer, Dataset<Label> data) {
        int[] foldOf = deal(data);
        List<FoldResult> results = IntStream.range(0, folds)
                .mapToObj(fold -> measureFold(trainer, data, foldOf, fold))
                .toList();
        return new ModelCard.CrossValidation(
                folds,
                seed,
                mean(results, result -> result.evaluation().AUCROC(YES)),
                mean(results, result -> result.evaluation().accuracy()),
                mean(results, result -> result.evaluation().precision(YES)),
                mean(results, result -> result.evaluation().recall(YES)),
                mean(results, result -> result.evaluation().f1(YES)),
                mean(results, FoldResult::brier));
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

    private static FoldResult measureFold(Trainer<Label> trainer, Dataset<Label> data, int[] foldOf, int fold) {
        Model<Label> model = trainer.train(view(data, foldOf, fold, false));
        Dataset<Label> held = view(data, foldOf, fold, true);
        List<Prediction<Label>> predictions = model.predict(held);
        return new FoldResult(
                new LabelEvaluator().evaluate(model, predictions, held.getProvenance()), brier(predictions));
    }

    private static Dataset<Label> view(Dataset<Label> data, int[] foldOf, int fold, boolean held) {
        int[] indices = IntStream.range(0, foldOf.length)
                .filter(i -> (foldOf[i] == fold) == held)
                .toArray();
        return new DatasetView<>(data, indices, held ? "held out" : "training");
    }

    private static double brier(List<Prediction<Label>> predictions) {
        return predictions.stream()
                .mapToDouble(prediction -> {
                    Example<Label> example = prediction.getExample();
                    double outcome = example.getOutput().equals(YES) ? 1 : 0;
                    double error =
                            prediction.getOutputScores().get(ChurnModel.CHURNED).getScore() - outcome;
                    return error * error;
                })
                .average()
                .orElseThrow();
    }

    private static double mean(List<FoldResult> results, ToDoubleFunction<FoldResult> figure) {
        return results.stream().mapToDouble(figure).average().orElseThrow();
    }
}
