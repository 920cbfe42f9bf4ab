package io.github.telcochurn.training;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.Feature;
import io.github.telcochurn.scoring.Moments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.classification.sgd.protos.ClassificationLinearSGDProto;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.LinearParameters;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * The weights of a logistic regression.
 *
 * @param columns the value of each feature for each customer, in training or not
 * @param weights one for each feature
 */
record LinearFit(List<Feature> features, List<double[]> columns, double[] weights, double bias) implements Fit {
    /**
     * Fits.
     *
     * @param outcomes of each customer, 1 for those who left, else 0
     * @param rows the places of the customers to learn from
     * @param penalty of half the sum of the weights' squares, where each feature has the standard deviation 1
     */
    static LinearFit of(List<Feature> features, List<double[]> columns, double[] outcomes, int[] rows, double penalty) {
        List<double[]> standard = new ArrayList<>(columns.size());
        List<Moments> moments = new ArrayList<>(columns.size());
        for (double[] column : columns) {
            Moments of = Moments.of(column, rows);
            moments.add(of);
            standard.add(Arrays.stream(rows)
                    .mapToDouble(row -> of.variance() == 0 ? 0 : (column[row] - of.mean()) / of.deviation())
                    .toArray());
        }
        double[] known = Arrays.stream(rows).mapToDouble(row -> outcomes[row]).toArray();
        double[] coefficients = LogisticFit.of(standard, known, penalty).coefficients();
        double[] weights = new double[columns.size()];
        double bias = coefficients[0];
        for (int i = 0; i < weights.length; i++) {
            if (moments.get(i).variance() > 0) {
                weights[i] = coefficients[i + 1] / moments.get(i).deviation();
                bias -= weights[i] * moments.get(i).mean();
            }
        }
        return new LinearFit(features, columns, weights, bias);
    }

    /** What each feature adds to each customer's margin, by feature. */
    double[][] spreads() {
        double[][] spreads = new double[weights.length][];
        for (int i = 0; i < weights.length; i++) {
            double weight = weights[i];
            spreads[i] =
                    Arrays.stream(columns.get(i)).map(value -> weight * value).toArray();
        }
        return spreads;
    }

    @Override
    public double[] margins(int[] rows) {
        double[] margins = new double[rows.length];
        Arrays.fill(margins, bias);
        for (int i = 0; i < weights.length; i++) {
            double[] column = columns.get(i);
            for (int j = 0; j < rows.length; j++) {
                margins[j] += weights[i] * column[rows[j]];
            }
        }
        return margins;
    }

    /**
     * Tribuo has no trainer that ends at the maximum, and no way to make a linear model of given weights but by its file format: a
     * model of the right shape is trained on two customers, and its weights are replaced.
     */
    @Override
    public Model<Label> model() {
        Model<Label> shape = new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(0.1), 1, 1).train(twoCustomers());
        DenseMatrix matrix = new DenseMatrix(2, weights.length + 1);
        int churned = shape.getOutputIDInfo().getID(new Label(ChurnModel.CHURNED));
        for (int i = 0; i < weights.length; i++) {
            int place = shape.getFeatureIDMap().get(features.get(i).name()).getID();
            // Half of it for each of the two labels: only the difference matters.
            matrix.set(churned, place, weights[i] / 2);
            matrix.set(1 - churned, place, -weights[i] / 2);
        }
        matrix.set(churned, weights.length, bias / 2);
        matrix.set(1 - churned, weights.length, -bias / 2);
        try {
            ModelProto proto = shape.serialize();
            ClassificationLinearSGDProto linear = proto.getSerializedData().unpack(ClassificationLinearSGDProto.class);
            Any replaced = Any.pack(linear.toBuilder()
                    .setParams(new LinearParameters(matrix).serialize())
                    .build());
            return LinearSGDModel.deserializeFromProto(proto.getVersion(), proto.getClassName(), replaced);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("Tribuo cannot read what it wrote: " + e.getMessage(), e);
        }
    }

    private MutableDataset<Label> twoCustomers() {
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> two =
                new MutableDataset<>(new SimpleDataSourceProvenance("labelled customers", labels), labels);
        String[] names = features.stream().map(Feature::name).toArray(String[]::new);
        double[] ones = new double[names.length];
        Arrays.fill(ones, 1);
        two.add(new ArrayExample<>(new Label(ChurnModel.CHURNED), names, ones));
        two.add(new ArrayExample<>(new Label(ChurnModel.STAYED), names, ones));
        return two;
    }
}
