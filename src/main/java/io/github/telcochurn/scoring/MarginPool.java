package io.github.telcochurn.scoring;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.List;
import org.tribuo.classification.Label;
import org.tribuo.ensemble.WeightedEnsembleModel;
import org.tribuo.protos.core.WeightedEnsembleModelProto;

/**
 * Several models whose margins are averaged: the logarithmic opinion pool (Genest and Zidek, Combining probability distributions,
 * Statistical Science 1, 1986). What a feature contributes to the pool is the average of what it contributes to each model.
 *
 * @param weights that add up to 1, one for each model
 */
record MarginPool(List<CompiledModel> models, double[] weights) implements CompiledModel {
    static MarginPool of(WeightedEnsembleModel<Label> ensemble, CustomerFeatures features, Baseline baseline) {
        List<Float> given = weights(ensemble);
        double sum = given.stream().mapToDouble(Float::doubleValue).sum();
        double[] weights = given.stream().mapToDouble(weight -> weight / sum).toArray();
        return new MarginPool(
                ensemble.getModels().stream()
                        .map(model -> CompiledModel.of(model, features, baseline))
                        .toList(),
                weights);
    }

    /** Tribuo shows them in its file format only. */
    private static List<Float> weights(WeightedEnsembleModel<Label> ensemble) {
        try {
            return ensemble.serialize()
                    .getSerializedData()
                    .unpack(WeightedEnsembleModelProto.class)
                    .getWeightsList();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("its weights cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public double margin(double[] vector) {
        double margin = 0;
        for (int i = 0; i < weights.length; i++) {
            margin += weights[i] * models.get(i).margin(vector);
        }
        return margin;
    }

    @Override
    public double base() {
        double base = 0;
        for (int i = 0; i < weights.length; i++) {
            base += weights[i] * models.get(i).base();
        }
        return base;
    }

    @Override
    public void explain(double[] vector, double[] byFeature) {
        double[] own = new double[byFeature.length];
        for (int i = 0; i < weights.length; i++) {
            Arrays.fill(own, 0);
            models.get(i).explain(vector, own);
            for (int feature = 0; feature < own.length; feature++) {
                byFeature[feature] += weights[i] * own[feature];
            }
        }
    }
}
