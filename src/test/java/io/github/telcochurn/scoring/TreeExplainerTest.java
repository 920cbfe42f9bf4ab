package io.github.telcochurn.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.xgboost.XGBoostClassificationTrainer;
import org.tribuo.provenance.SimpleDataSourceProvenance;

class TreeExplainerTest {
    private static List<Customer> customers;
    private static Model<Label> trees;

    @TempDir
    private Path dir;

    @BeforeAll
    static void trainTrees() {
        customers = TestCustomers.shipped();
        trees = train();
    }

    @Test
    void baseAndContributionsAreTheMarginOfEveryShippedCustomer() throws IOException {
        ChurnModel model = load(trees.serialize().toByteArray());

        assertThat(customers).hasSize(7043);
        assertThat(LinearWeightsTest.largestDeviation(model, customers)).isLessThan(1e-4);
    }

    @Test
    void explainsCustomersWhoseValuesAreAbsent() throws IOException {
        List<Customer> incomplete = TestProject.SCHEMA.fields().stream()
                .map(column -> TestCustomers.firstWith(column, null))
                .toList();

        assertThat(LinearWeightsTest.largestDeviation(load(trees.serialize().toByteArray()), incomplete))
                .isLessThan(1e-4);
    }

    @Test
    void explainsOneCustomerAsItExplainsMany() throws IOException {
        ChurnModel model = load(trees.serialize().toByteArray());
        Contributions amongMany = model.explain(customers).get(17);
        Contributions alone = model.explain(customers.subList(17, 18)).get(0);

        assertThat(TestProject.SCHEMA.fields())
                .allSatisfy(column -> assertThat(alone.of(column)).isEqualTo(amongMany.of(column)));
    }

    @Test
    void reasonsFollowFromTheTreesToo() throws IOException {
        ChurnModel model = load(trees.serialize().toByteArray());
        Customer atRisk = TestCustomers.first(fields ->
                fields.put("tenure", 2).put("InternetService", "Fiber optic").put("Contract", "Month-to-month"));

        assertThat(new Reasons(TestProject.SCHEMA)
                        .strongest(atRisk, model.explain(List.of(atRisk)).get(0)))
                .extracting(Reason::text)
                .contains("month-to-month contract", "tenure 2 months");
    }

    @Test
    void refusesTreesThatWereAltered() throws IOException {
        byte[] bytes = trees.serialize().toByteArray();
        load(bytes);
        bytes[bytes.length / 2] ^= 1;
        Files.write(dir.resolve("trees.tribuo"), bytes);

        assertThatThrownBy(() -> new ModelFolder(dir, TestProject.SCHEMA).champion())
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessageContaining("its SHA-256 is");
    }

    @Test
    void refusesTreesThatAreCutOffEvenWithTheirOwnHash() {
        byte[] bytes = trees.serialize().toByteArray();

        assertThatThrownBy(() -> load(Arrays.copyOf(bytes, bytes.length / 2)))
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessageContaining("cannot be read");
    }

    private static Model<Label> train() {
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> data =
                new MutableDataset<>(new SimpleDataSourceProvenance("labelled customers", labels), labels);
        CustomerFeatures features =
                new CustomerFeatures(TestProject.SCHEMA, champion().features());
        customers.forEach(customer -> data.add(features.of(
                customer, new Label(customer.outcome() == Outcome.CHURNED ? ChurnModel.CHURNED : ChurnModel.STAYED))));
        return new XGBoostClassificationTrainer(40, 0.1, 0, 4, 1, 0.8, 0.8, 1, 0, 1, true, 1).train(data);
    }

    private static ModelCard champion() {
        return new ModelFolder(TestProject.ROOT.resolve("models"), TestProject.SCHEMA)
                .champion()
                .card();
    }

    private ChurnModel load(byte[] bytes) throws IOException {
        Files.write(dir.resolve("trees.tribuo"), bytes);
        ModelCard champion = new ModelFolder(TestProject.ROOT.resolve("models"), TestProject.SCHEMA)
                .champion()
                .card();
        ModelCard card = new ModelCard(
                "xgboost-test",
                "trees.tribuo",
                DigestUtils.sha256Hex(bytes),
                champion.trainedAt(),
                champion.schema(),
                champion.data(),
                champion.trainer(),
                null,
                champion.crossValidation(),
                champion.candidates(),
                null,
                champion.features(),
                champion.importance(),
                champion.baseline(),
                null,
                null);
        Files.write(dir.resolve(ModelCard.CHAMPION), new ObjectMapper().writeValueAsBytes(card));
        return new ModelFolder(dir, TestProject.SCHEMA).champion();
    }
}
