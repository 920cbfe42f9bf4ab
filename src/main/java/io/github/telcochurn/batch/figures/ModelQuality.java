package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.telcochurn.scoring.ModelCard;
import java.util.ArrayList;
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
        List<Calibration> calibration) {

    /**
     * Predictions, by the field {@code prediction}, against labels.
     *
     * @param truePositives left, and were predicted to
     * @param falsePositives stayed, but were predicted to leave
     * @param falseNegatives left, but were predicted to stay
     * @param trueNegatives stayed, and were predicted to
     */
    record Confusion(long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {
        Double precision() {
            return share(truePositives, truePositives + falsePositives);
        }

        Double recall() {
            return share(truePositives, truePositives + falseNegatives);
        }
    }

    /**
     * Customers whose probabilities are in one bin.
     *
     * @param from inclusive
     * @param to exclusive; in the last bin inclusive
     * @param meanPredicted probability; null without customers
     * @param observedShare of those who left; null without customers
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Calibration(double from, double to, long customers, Double meanPredicted, Double observedShare) {}

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
        Confusion confusion = confusion(labelled);
        long right = confusion.truePositives() + confusion.trueNegatives();
        return new ModelQuality(
                labelled.size(),
                // What a model that was imported was trained on is not known.
                (card == null || card.onnx() != null)
                        ? null
                        : Boolean.valueOf(card.data().sha256().equals(inputSha256)),
                card == null ? null : card.crossValidation(),
                confusion,
                auc(labelled),
                brier(labelled),
                (double) right / labelled.size(),
                confusion.precision(),
                confusion.recall(),
                calibration(labelled));
    }

    private static Confusion confusion(List<ScoredCustomer> labelled) {
        long[] counts = new long[4];
        for (ScoredCustomer customer : labelled) {
            int predicted = customer.predictedYes() ? 0 : 1;
            int label = customer.hasLeft() ? 0 : 2;
            counts[predicted + label]++;
        }
        return new Confusion(counts[0], counts[2], counts[1], counts[3]);
    }

    private static Double auc(List<ScoredCustomer> highestFirst) {
        double left = 0;
        double stayed = 0;
        double rightPairs = 0;
        for (int i = 0; i < highestFirst.size(); ) {
            double probability = highestFirst.get(i).probability();
            long leftHere = 0;
            long stayedHere = 0;
            for (; i < highestFirst.size() && highestFirst.get(i).probability() == probability; i++) {
                if (highestFirst.get(i).hasLeft()) {
                    leftHere++;
                } else {
                    stayedHere++;
                }
            }
            rightPairs += stayedHere * (left + leftHere / 2.0);
            left += leftHere;
            stayed += stayedHere;
        }
        return left == 0 || stayed == 0 ? null : Double.valueOf(rightPairs / (left * stayed));
    }

    private static double brier(List<ScoredCustomer> labelled) {
        return labelled.stream()
                .mapToDouble(customer -> {
                    double error = customer.probability() - (customer.hasLeft() ? 1 : 0);
                    return error * error;
                })
                .average()
                .orElseThrow();
    }

    private static List<Calibration> calibration(List<ScoredCustomer> labelled) {
        long[] counts = new long[HistogramBin.BINS];
        long[] left = new long[HistogramBin.BINS];
        double[] sums = new double[HistogramBin.BINS];
        for (ScoredCustomer customer : labelled) {
            int bin = HistogramBin.binOf(customer.probability());
            counts[bin]++;
            sums[bin] += customer.probability();
            left[bin] += customer.hasLeft() ? 1 : 0;
        }
        List<Calibration> bins = new ArrayList<>();
        for (int bin = 0; bin < HistogramBin.BINS; bin++) {
            bins.add(new Calibration(
                    HistogramBin.lower(bin),
                    HistogramBin.lower(bin + 1),
                    counts[bin],
                    counts[bin] == 0 ? null : Double.valueOf(sums[bin] / counts[bin]),
                    share(left[bin], counts[bin])));
        }
        return bins;
    }

    private static Double share(long part, long whole) {
        return whole == 0 ? null : Double.valueOf((double) part / whole);
    }
}
