package io.github.telcochurn.training;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.Moments;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * All kinds of models, compared on the same repeated folds. The folds are measured side by side, on all processors, and come out
 * the same on any number of them.
 *
 * @param candidates the smallest log loss first
 */
record CandidateComparison(List<Candidate> candidates) {
    /**
     * Compares.
     *
     * @param progress is given a line for each fold; called from several threads, but never by two at once
     */
    static CandidateComparison of(TrainingData data, Folds folds, Consumer<String> progress)
            throws InterruptedException {
        Map<Algorithm, OutOfFold> measured = new Measurement(data, folds, progress).all();
        List<Candidate> candidates = measured.entrySet().stream()
                .map(entry -> Candidate.of(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingDouble(
                        candidate -> candidate.figures().performance().logLoss()))
                .toList();
        return new CandidateComparison(candidates);
    }

    /**
     * The simplest one whose log loss is within one standard error of the smallest (Breiman, Friedman, Olshen and Stone,
     * Classification and Regression Trees, 1984, section 3.4.3).
     */
    Candidate chosen() {
        return candidates.stream()
                .filter(candidate -> difference(candidate) <= standardError())
                .min(Comparator.comparing(Candidate::algorithm))
                .orElseThrow();
    }

    /** How much larger a candidate's log loss is than the smallest. */
    private double difference(Candidate candidate) {
        return candidate.figures().performance().logLoss()
                - candidates.get(0).figures().performance().logLoss();
    }

    /** Of the smallest log loss, as the mean over all folds. */
    private double standardError() {
        double[] best = candidates.get(0).logLosses();
        return Moments.of(best).deviation() / Math.sqrt(best.length - 1.0);
    }

    /** One of them. */
    Candidate of(Algorithm algorithm) {
        return candidates.stream()
                .filter(candidate -> candidate.algorithm() == algorithm)
                .findFirst()
                .orElseThrow();
    }

    /** As the card has them. */
    List<ModelCard.Candidate> inCard() {
        return candidates.stream()
                .map(candidate -> new ModelCard.Candidate(candidate.algorithm().toString(), candidate.figures()))
                .toList();
    }

    /** Why the chosen one was chosen, in a sentence. */
    String reason() {
        Candidate best = candidates.get(0);
        Candidate chosen = chosen();
        String smallest = String.format(
                Locale.ROOT,
                "%s has the smallest log loss, %.4f",
                best.algorithm(),
                best.figures().performance().logLoss());
        if (chosen.algorithm() == best.algorithm()) {
            return smallest + "; no simpler kind of model comes within one standard error of it.";
        }
        return String.format(
                Locale.ROOT,
                "%s; %s is the simplest kind of model within one standard error of it (larger by %.4f, standard error %.4f).",
                smallest,
                chosen.algorithm(),
                difference(chosen),
                standardError());
    }

    private static final class Measurement {
        private final TrainingData data;
        private final Folds folds;
        private final Consumer<String> progress;
        private final int all;
        private int done;

        Measurement(TrainingData data, Folds folds, Consumer<String> progress) {
            this.data = data;
            this.folds = folds;
            this.progress = progress;
            this.all = folds.folds() * folds.repeats() * Algorithm.simple().size();
        }

        Map<Algorithm, OutOfFold> all() throws InterruptedException {
            ExecutorService threads =
                    Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
            try {
                Map<Algorithm, double[][]> margins = new LinkedHashMap<>();
                Map<Algorithm, List<Future<?>>> started = new LinkedHashMap<>();
                // The last are the slowest, and a slow one that begins last would keep all other processors waiting.
                for (int i = Algorithm.simple().size() - 1; i >= 0; i--) {
                    Algorithm algorithm = Algorithm.simple().get(i);
                    double[][] into = new double[folds.repeats()][data.outcomes().length];
                    margins.put(algorithm, into);
                    started.put(algorithm, start(algorithm, into, threads));
                }
                for (List<Future<?>> ofAlgorithm : started.values()) {
                    for (Future<?> fold : ofAlgorithm) {
                        fold.get();
                    }
                }
                return withBlends(margins);
            } catch (ExecutionException e) {
                throw new IllegalStateException("A model cannot be trained: " + ChurnFailure.rootMessage(e), e);
            } finally {
                threads.shutdownNow();
            }
        }

        private List<Future<?>> start(Algorithm algorithm, double[][] into, ExecutorService threads) {
            Recipe recipe = algorithm.recipe();
            return IntStream.range(0, folds.repeats() * folds.folds())
                    .<Future<?>>mapToObj(draw -> threads.submit(() -> {
                        int repeat = draw / folds.folds();
                        int fold = draw % folds.folds();
                        int[] held = folds.heldOut(repeat, fold);
                        double[] margins = recipe.fit(data, folds.learntFrom(repeat, fold), draw)
                                .margins(held);
                        for (int i = 0; i < held.length; i++) {
                            into[repeat][held[i]] = margins[i];
                        }
                        report(algorithm, draw);
                    }))
                    .toList();
        }

        private synchronized void report(Algorithm algorithm, int draw) {
            done++;
            progress.accept(
                    String.format(Locale.ROOT, "compared %d of %d: %s, fold %d", done, all, algorithm, draw + 1));
        }

        /** A blend of models that were measured needs no fit of its own. */
        private Map<Algorithm, OutOfFold> withBlends(Map<Algorithm, double[][]> margins) {
            Map<Algorithm, OutOfFold> measured = new LinkedHashMap<>();
            for (Algorithm algorithm : Algorithm.values()) {
                double[][] ofAlgorithm = margins.get(algorithm);
                if (algorithm.recipe() instanceof Blend blend) {
                    double[][] first = margins.get(blend.first());
                    double[][] second = margins.get(blend.second());
                    ofAlgorithm = IntStream.range(0, folds.repeats())
                            .mapToObj(repeat -> blend.margins(first[repeat], second[repeat]))
                            .toArray(double[][]::new);
                }
                measured.put(algorithm, new OutOfFold(folds, data.outcomes(), ofAlgorithm));
            }
            return measured;
        }
    }
}
