package io.github.telcochurn.training;

import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import io.github.telcochurn.scoring.Feature;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.ensemble.WeightedEnsembleModel;
import org.tribuo.provenance.EnsembleModelProvenance;
import org.tribuo.provenance.impl.TimestampedTrainerProvenance;

/**
 * A weighted mean of the margins of two models, which err in different ways.
 *
 * @param share of the second model, 0 to 1
 */
record Blend(Algorithm first, Algorithm second, double share) implements Recipe {
    @Override
    public Fit fit(TrainingData data, int[] rows, int draw) {
        return new Blended(first.recipe().fit(data, rows, draw), second.recipe().fit(data, rows, draw), share);
    }

    /** The mean of margins of the same customers. */
    double[] margins(double[] ofFirst, double[] ofSecond) {
        return mean(ofFirst, ofSecond, share);
    }

    private static double[] mean(double[] ofFirst, double[] ofSecond, double share) {
        double[] margins = new double[ofFirst.length];
        for (int i = 0; i < margins.length; i++) {
            margins[i] = (1 - share) * ofFirst[i] + share * ofSecond[i];
        }
        return margins;
    }

    private record Blended(Fit first, Fit second, double share) implements Fit {
        @Override
        public double[] margins(int[] rows) {
            return mean(first.margins(rows), second.margins(rows), share);
        }

        @Override
        public Model<Label> model() {
            List<Model<Label>> models = List.of(first.model(), second.model());
            Model<Label> wider = models.get(0);
            EnsembleModelProvenance provenance = new EnsembleModelProvenance(
                    WeightedEnsembleModel.class.getName(),
                    OffsetDateTime.now(ZoneOffset.UTC),
                    wider.getProvenance().getDatasetProvenance(),
                    new TimestampedTrainerProvenance(),
                    ListProvenance.createListProvenance(models));
            // Tribuo's factory wants models of the same features, and the first has the products too.
            return new WeightedEnsembleModel<>(
                    "blend",
                    provenance,
                    wider.getFeatureIDMap(),
                    wider.getOutputIDInfo(),
                    models,
                    new FullyWeightedVotingCombiner(),
                    new float[] {(float) (1 - share), (float) share});
        }

        @Override
        public List<Feature> features() {
            return Stream.concat(first.features().stream(), second.features().stream())
                    .distinct()
                    .sorted(Comparator.comparing(Feature::name))
                    .toList();
        }
    }

    @Override
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put(first.toString(), first.recipe().parameters());
        parameters.put(second.toString(), second.recipe().parameters());
        parameters.put("share_of_" + second, share);
        return parameters;
    }

    @Override
    public String content(Model<Label> model) {
        List<Model<Label>> models = ((WeightedEnsembleModel<Label>) model).getModels();
        return first.recipe().content(models.get(0)) + second.recipe().content(models.get(1)) + share;
    }
}
