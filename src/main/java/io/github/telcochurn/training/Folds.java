package io.github.telcochurn.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Repeated stratified folds: in each fold of each repetition the share of those who left is the same.
 *
 * @param foldOf by repetition and customer, 0 or more
 */
record Folds(int folds, int repeats, long seed, int[][] foldOf) {
    /**
     * Deals customers.
     *
     * @param outcomes 1 for those who left, else 0
     * @param folds 2 or more
     * @param seed of the shuffles
     */
    static Folds deal(double[] outcomes, int folds, int repeats, long seed) {
        Random random = new Random(seed);
        int[][] foldOf = new int[repeats][];
        for (int repeat = 0; repeat < repeats; repeat++) {
            foldOf[repeat] = dealOnce(outcomes, folds, random);
        }
        return new Folds(folds, repeats, seed, foldOf);
    }

    private static int[] dealOnce(double[] outcomes, int folds, Random random) {
        List<Integer> churned = new ArrayList<>();
        List<Integer> stayed = new ArrayList<>();
        for (int i = 0; i < outcomes.length; i++) {
            (outcomes[i] == 1 ? churned : stayed).add(i);
        }
        int[] foldOf = new int[outcomes.length];
        for (List<Integer> kind : List.of(churned, stayed)) {
            Collections.shuffle(kind, random);
            for (int i = 0; i < kind.size(); i++) {
                foldOf[kind.get(i)] = i % folds;
            }
        }
        return foldOf;
    }

    /** The customers of a fold, in their order. */
    int[] heldOut(int repeat, int fold) {
        return IntStream.range(0, foldOf[repeat].length)
                .filter(i -> foldOf[repeat][i] == fold)
                .toArray();
    }

    /** All others. */
    int[] learntFrom(int repeat, int fold) {
        return IntStream.range(0, foldOf[repeat].length)
                .filter(i -> foldOf[repeat][i] != fold)
                .toArray();
    }
}
