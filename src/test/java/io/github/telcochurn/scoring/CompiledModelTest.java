package io.github.telcochurn.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.training.Algorithm;
import io.github.telcochurn.training.ChurnTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.ensemble.WeightedEnsembleModel;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.protos.core.WeightedEnsembleModelProto;

/** Compiled models say what Tribuo's own say. */
class CompiledModelTest {
    @TempDir
    private static Path blendDir;

    private static ChurnModel blend;

    @BeforeAll
    static void trainBlend() throws InterruptedException {
        blend = new ChurnTrainer(TestProject.SCHEMA, line -> {})
                .train(
                        TestProject.SHIPPED_CSV,
                        blendDir,
                        Optional.of(Algorithm.BLEND),
                        Instant.parse("2026-01-02T03:04:05Z"))
                .model();
    }

    @Test
    void theShippedRegressionIsEqualToTribuosPrediction() throws IOException {
        Path models = TestProject.ROOT.resolve("models");
        ChurnModel compiled = new ModelFolder(models, TestProject.SCHEMA).champion();
        Model<Label> tribuo = tribuo(models);
        CustomerFeatures features =
                new CustomerFeatures(TestProject.SCHEMA, compiled.card().features());
        List<Customer> customers = TestCustomers.shipped();

        double[] probabilities = compiled.churnProbabilities(customers);

        for (int i = 0; i < probabilities.length; i++) {
            assertThat(probabilities[i]).isCloseTo(predicted(tribuo, features, customers.get(i)), within(1e-12));
        }
    }

    private static Path file(Path dir) {
        return dir.resolve(
                new ModelFolder(dir, TestProject.SCHEMA).champion().card().file());
    }

    private static Model<Label> tribuo(Path dir) throws IOException {
        return Model.deserialize(ModelProto.parseFrom(Files.readAllBytes(file(dir))))
                .castModel(Label.class);
    }

    private static double predicted(Model<Label> model, CustomerFeatures features, Customer customer) {
        return model.predict(features.of(customer, LabelFactory.UNKNOWN_LABEL))
                .getOutputScores()
                .get(ChurnModel.CHURNED)
                .getScore();
    }

    @Test
    void aBlendIsTheWeightedMeanOfItsModelsMargins() throws IOException {
        WeightedEnsembleModel<Label> ensemble = (WeightedEnsembleModel<Label>) tribuo(blendDir);
        CustomerFeatures features =
                new CustomerFeatures(TestProject.SCHEMA, blend.card().features());
        List<Customer> customers = TestCustomers.shipped().subList(0, 1000);

        double[] probabilities =
                new ModelFolder(blendDir, TestProject.SCHEMA).champion().churnProbabilities(customers);

        assertThat(features.names()).anyMatch(name -> name.contains(" * "));
        for (int i = 0; i < probabilities.length; i++) {
            double first = logOdds(predicted(ensemble.getModels().get(0), features, customers.get(i)));
            double second = logOdds(predicted(ensemble.getModels().get(1), features, customers.get(i)));
            assertThat(logOdds(probabilities[i])).isCloseTo(0.6 * first + 0.4 * second, within(1e-5));
        }
    }

    private static double logOdds(double probability) {
        return Math.log(probability / (1 - probability));
    }

    @Test
    void aBlendsContributionsAddUpToItsMargin() {
        assertThat(LinearWeightsTest.largestDeviation(blend, TestCustomers.shipped()))
                .isLessThan(1e-9);
    }

    @Test
    void aCalibrationMovesProbabilitiesAndContributionsAlike() throws IOException {
        Path calibrated = Files.createDirectory(blendDir.resolve("calibrated"));
        Files.copy(file(blendDir), calibrated.resolve(blend.card().file()));
        ObjectMapper json = new ObjectMapper();
        ObjectNode card = (ObjectNode)
                json.readTree(blendDir.resolve(blend.version() + ".json").toFile());
        card.putObject("calibration").put("slope", 0.5).put("intercept", -0.25);
        Files.write(calibrated.resolve("champion.json"), json.writeValueAsBytes(card));
        List<Customer> customers = TestCustomers.shipped().subList(0, 100);

        ChurnModel model = new ModelFolder(calibrated, TestProject.SCHEMA).champion();

        double[] before = blend.churnProbabilities(customers);
        double[] after = model.churnProbabilities(customers);
        for (int i = 0; i < after.length; i++) {
            assertThat(logOdds(after[i])).isCloseTo(0.5 * logOdds(before[i]) - 0.25, within(1e-9));
        }
        assertThat(LinearWeightsTest.largestDeviation(model, customers)).isLessThan(1e-9);
    }

    @Test
    void refusesABlendWithAModelOfAnotherClassInIt() throws IOException {
        ModelProto proto = ModelProto.parseFrom(Files.readAllBytes(file(blendDir)));
        WeightedEnsembleModelProto ensemble = proto.getSerializedData().unpack(WeightedEnsembleModelProto.class);
        ModelProto hostile = ensemble.getModels(1).toBuilder()
                .setClassName("org.tribuo.classification.baseline.DummyClassifierModel")
                .build();
        byte[] bytes = proto.toBuilder()
                .setSerializedData(
                        Any.pack(ensemble.toBuilder().setModels(1, hostile).build()))
                .build()
                .toByteArray();
        Path dir = Files.createDirectory(blendDir.resolve("hostile"));
        Files.write(dir.resolve(blend.card().file()), bytes);
        String card = Files.readString(blendDir.resolve(blend.version() + ".json"));
        Files.writeString(
                dir.resolve("champion.json"), card.replace(blend.card().sha256(), DigestUtils.sha256Hex(bytes)));

        assertThatThrownBy(() -> new ModelFolder(dir, TestProject.SCHEMA).champion())
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessageContaining("its class org.tribuo.classification.baseline.DummyClassifierModel is none of");
    }
}
