package io.github.telcochurn.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.customer.Outcome;
import io.github.telcochurn.ingest.CustomerSampler;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.xgboost.XGBoostClassificationTrainer;
import org.tribuo.common.xgboost.XGBoostModel;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Trees walked in Java say what XGBoost says, of every shipped customer of both telcos. */
class TreeEnsembleTest {
    private static final LabelFactory LABELS = new LabelFactory();

    private CustomerSchema schema;
    private CustomerFeatures features;
    private List<Customer> customers;
    private XGBoostModel<Label> model;

    private void train(String schemaFile, String csv, String models, int depth) {
        schema = CustomerSchema.read(TestProject.ROOT.resolve(schemaFile));
        Path dir = TestProject.ROOT.resolve(models);
        features = new CustomerFeatures(
                schema, new ModelFolder(dir, schema).champion().card().features());
        customers = CustomerSampler.customersOf(
                TestProject.ROOT.resolve(csv), new CustomerValidator(schema, CustomerValidator.Mode.STRICT));
        MutableDataset<Label> data =
                new MutableDataset<>(new SimpleDataSourceProvenance("labelled customers", LABELS), LABELS);
        customers.forEach(customer -> data.add(features.of(
                customer, new Label(customer.outcome() == Outcome.CHURNED ? ChurnModel.CHURNED : ChurnModel.STAYED))));
        Model<Label> trained =
                new XGBoostClassificationTrainer(60, 0.1, 0, depth, 1, 0.8, 0.8, 1, 0, 1, true, 1).train(data);
        model = (XGBoostModel<Label>) trained;
    }

    @ParameterizedTest
    @CsvSource({
        "data/telco.schema.yaml, data/WA_Fn-UseC_-Telco-Customer-Churn.csv, models, 2",
        "data/telco.schema.yaml, data/WA_Fn-UseC_-Telco-Customer-Churn.csv, models, 6",
        "data/mlc.schema.yaml, data/mlc-churn.csv, models/mlc, 2",
        "data/mlc.schema.yaml, data/mlc-churn.csv, models/mlc, 6"
    })
    void givesTheProbabilitiesAndContributionsOfXgboost(String schemaFile, String csv, String models, int depth)
            throws Exception {
        train(schemaFile, csv, models, depth);
        TreeEnsemble trees = TreeEnsemble.of(model, features);
        TreeExplainer explainer = new TreeExplainer(trees, features.size());

        double worst = 0;
        for (Customer customer : customers) {
            double tribuo = model.predict(features.of(customer, LabelFactory.UNKNOWN_LABEL))
                    .getOutputScores()
                    .get(ChurnModel.CHURNED)
                    .getScore();
            worst = Math.max(
                    worst,
                    Math.abs(tribuo - Calibration.NONE.probability(explainer.margin(features.vector(customer)))));
        }
        assertThat(customers).hasSizeGreaterThanOrEqualTo(5000);
        assertThat(worst).isLessThan(1e-6);

        List<Customer> some = customers.subList(0, 300);
        float[][] shares = xgboostShares(some);
        for (int i = 0; i < some.size(); i++) {
            double[] theirs = byColumn(some.get(i), shares[i]);
            double[] byFeature = new double[features.size()];
            explainer.explain(features.vector(some.get(i)), byFeature);
            Contributions ours = Contributions.of(features, some.get(i), explainer.base(), byFeature, Calibration.NONE);
            for (int column = 0; column < theirs.length; column++) {
                double own = ours.of(schema.fields().get(column));
                assertThat(own).as("customer %d, column %d", i, column).isCloseTo(theirs[column], within(1e-4));
            }
        }
    }

    /** XGBoost's own TreeSHAP, for each customer and label, by the booster's features. */
    private float[][] xgboostShares(List<Customer> some) throws Exception {
        int width = model.getFeatureIDMap().size();
        int[] ids = ids();
        long[] starts = new long[some.size() + 1];
        int[] columns = new int[some.size() * ids.length];
        float[] values = new float[columns.length];
        int count = 0;
        for (int row = 0; row < some.size(); row++) {
            double[] vector = features.vector(some.get(row));
            for (int i = 0; i < vector.length; i++) {
                if (vector[i] != 0 && ids[i] >= 0) {
                    columns[count] = ids[i];
                    values[count++] = (float) vector[i];
                }
            }
            starts[row + 1] = count;
        }
        Booster booster = model.getInnerModels().get(0);
        DMatrix matrix = new DMatrix(
                starts, Arrays.copyOf(columns, count), Arrays.copyOf(values, count), DMatrix.SparseType.CSR, width);
        return booster.predictContrib(matrix, 0);
    }

    private int[] ids() {
        return features.names().stream()
                .mapToInt(name -> model.getFeatureIDMap().get(name) == null
                        ? -1
                        : model.getFeatureIDMap().get(name).getID())
                .toArray();
    }

    private double[] byColumn(Customer customer, float[] shares) {
        int width = model.getFeatureIDMap().size();
        int yes = model.getOutputIDInfo().getID(new Label(ChurnModel.CHURNED)) * (width + 1);
        int no = width + 1 - yes;
        int[] ids = ids();
        double[] columns = new double
                [IntStream.range(0, ids.length)
                                .map(i -> features.columnFor(i, customer).index())
                                .max()
                                .orElseThrow()
                        + 1];
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] >= 0) {
                columns[features.columnFor(i, customer).index()] += (double) shares[yes + ids[i]] - shares[no + ids[i]];
            }
        }
        return columns;
    }
}
