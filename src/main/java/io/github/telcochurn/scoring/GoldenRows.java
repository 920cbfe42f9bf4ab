package io.github.telcochurn.scoring;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.customer.Customer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ordinary customers, made up from the schema, that every model must be able to score and to explain. A file may be whole and
 * of the right class and still hold numbers that nothing can be computed with.
 */
public final class GoldenRows {
    /** So many that each number of the schema's examples, and each category of nearly every column, is among them. */
    private static final int COUNT = 72;

    private GoldenRows() {}

    /**
     * Scores them.
     *
     * @throws MissingPrerequisite when a probability or what explains it is no finite number
     */
    public static void require(ChurnModel model) {
        List<Customer> customers =
                IntStream.range(0, COUNT).mapToObj(model.schema()::example).toList();
        try {
            double[] probabilities = model.churnProbabilities(customers);
            List<Contributions> contributions = model.explain(customers);
            for (int i = 0; i < COUNT; i++) {
                double probability = probabilities[i];
                // Also of NaN, for which no comparison holds.
                if (!(probability >= 0 && probability <= 1)) {
                    throw refused(model, i, "the probability " + probability);
                }
                double margin = contributions.get(i).margin();
                if (!Double.isFinite(margin)) {
                    throw refused(model, i, "reasons that add up to " + margin);
                }
            }
        } catch (IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new MissingPrerequisite(
                    "The model " + model.version() + " must not be used: it cannot score ordinary customers: "
                            + ChurnFailure.rootMessage(e) + ". Train it again, or promote another.",
                    e);
        }
    }

    private static MissingPrerequisite refused(ChurnModel model, int row, String found) {
        return new MissingPrerequisite(
                "The model " + model.version() + " must not be used: it gives ordinary customers " + found
                        + ", first the one of golden row " + (row + 1) + ". Train it again, or promote another.");
    }
}
