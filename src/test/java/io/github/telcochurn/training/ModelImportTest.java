package io.github.telcochurn.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.ingest.CustomerSampler;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.Contributions;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.OnnxFiles;
import io.github.telcochurn.scoring.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelImportTest {
    private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");
    private static final InputColumns COLUMNS = InputColumns.of(TestProject.SCHEMA);
    private static final float[] WEIGHTS = OnnxFiles.weights(
            COLUMNS.names(),
            Map.of(
                    "Contract=Month-to-month",
                    1.2f,
                    "Contract=Two year",
                    -1.1f,
                    "InternetService=Fiber optic",
                    0.9f,
                    "TechSupport=Yes",
                    -0.4f,
                    "tenure",
                    -0.03f,
                    "MonthlyCharges",
                    0.004f));
    private static final float INTERCEPT = -1.3f;

    private static List<Customer> customers;

    @TempDir
    private Path dir;

    private ModelFolder folder;
    private String shipped;

    @BeforeAll
    static void readCustomers() {
        customers = CustomerSampler.customersOf(
                TestProject.SHIPPED_CSV, new CustomerValidator(TestProject.SCHEMA, CustomerValidator.Mode.STRICT));
    }

    @BeforeEach
    void makeAFolderWithTheShippedChampion() throws IOException {
        Path models = Files.createDirectory(dir.resolve("models"));
        TestModels.copyShipped(models);
        folder = TestModels.folder(models);
        shipped = TestModels.shippedVersion();
    }

    private ModelCard run(byte[] bytes, InputColumns columns, int churnedColumn) throws IOException {
        Path file = Files.write(dir.resolve("model.onnx"), bytes);
        return new ModelImport(columns, line -> {})
                .run(new ModelImport.Source(file, "sklearn", churnedColumn), TestProject.SHIPPED_CSV, folder, NOW);
    }

    private static ModelProto regression() {
        return OnnxFiles.logisticRegression(WEIGHTS, INTERCEPT, false);
    }

    @Test
    void theShippedChampionAsAnOnnxFileSaysWhatItSaidAndForTheSameReasons() throws IOException {
        OnnxFiles.Exported exported = OnnxFiles.shippedChampion();

        ModelCard card = run(
                exported.bytes(), new InputColumns(TestProject.SCHEMA, exported.features()), exported.churnedColumn());

        ChurnModel original = folder.champion();
        ChurnModel imported = folder.load(card.version());
        double[] expected = original.churnProbabilities(customers);
        double[] found = imported.churnProbabilities(customers);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(1e-5));
        }
        List<Customer> some = customers.subList(0, 500);
        List<Contributions> expectedReasons = original.explain(some);
        List<Contributions> foundReasons = imported.explain(some);
        for (int i = 0; i < some.size(); i++) {
            assertThat(foundReasons.get(i).base())
                    .isCloseTo(expectedReasons.get(i).base(), within(1e-4));
            for (Field column : TestProject.SCHEMA.fields()) {
                assertThat(foundReasons.get(i).of(column))
                        .as(column.name())
                        .isCloseTo(expectedReasons.get(i).of(column), within(1e-4));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRegressionOfScikitLearnGivesTheProbabilitiesOfItsFormula(boolean zipmap) throws IOException {
        ModelCard card =
                run(OnnxFiles.logisticRegression(WEIGHTS, INTERCEPT, zipmap).toByteArray(), COLUMNS, 1);

        double[] found = folder.load(card.version()).churnProbabilities(customers);
        InputColumns.Rows rows = COLUMNS.rows();
        for (int i = 0; i < found.length; i++) {
            List<String> row = rows.row(customers.get(i));
            double margin = INTERCEPT;
            for (int column = 0; column < WEIGHTS.length; column++) {
                margin += WEIGHTS[column] * Double.parseDouble(row.get(column + 1));
            }
            assertThat(found[i]).isCloseTo(1 / (1 + Math.exp(-margin)), within(1e-5));
        }
    }

    @Test
    void contributionsAddUpToTheMarginAndThoseOfColumnsTheModelIgnoresAreZero() throws IOException {
        ChurnModel imported =
                folder.load(run(regression().toByteArray(), COLUMNS, 1).version());
        List<Customer> some = customers.subList(0, 200);

        List<Contributions> contributions = imported.explain(some);

        double[] probabilities = imported.churnProbabilities(some);
        Field gender = TestProject.SCHEMA.field("gender");
        for (int i = 0; i < probabilities.length; i++) {
            double margin = Math.log(probabilities[i] / (1 - probabilities[i]));
            assertThat(contributions.get(i).margin()).isCloseTo(margin, within(1e-5));
            assertThat(contributions.get(i).of(gender)).isCloseTo(0, within(1e-5));
        }
    }

    @Test
    void theCardSaysWhatWasImportedAndTheChampionStays() throws IOException {
        ModelCard card = run(regression().toByteArray(), COLUMNS, 1);

        assertThat(card.version()).matches("sklearn-[0-9a-f]{8}");
        assertThat(card.file()).isEqualTo(card.version() + ".onnx");
        assertThat(card.trainer().name()).isEqualTo("onnx");
        assertThat(card.trainer().parameters())
                .containsEntry("producer", "skl2onnx 1.17.0")
                .containsEntry("operators", "ai.onnx 15, ai.onnx.ml 3");
        assertThat(card.crossValidation()).isNull();
        assertThat(card.onnx().input()).isEqualTo("input");
        assertThat(card.onnx().columns()).isEqualTo(COLUMNS.names());
        assertThat(card.onnx().measured().auc()).isBetween(0.8, 0.86);
        assertThat(card.data().rows()).isEqualTo(7043);
        assertThat(card.importance().get(0).column()).isEqualTo("Contract");
        assertThat(card.importance())
                .noneMatch(importance -> importance.column().equals("gender"));
        assertThat(card.baseline().featureMeans().get("SeniorCitizen")).isCloseTo(0.162, within(0.001));
        assertThat(card.baseline().score().shares().stream()
                        .mapToDouble(share -> share)
                        .sum())
                .isCloseTo(1, within(1e-9));
        assertThat(folder.championVersion()).isEqualTo(shipped);
        assertThat(run(regression().toByteArray(), COLUMNS, 1).version()).isEqualTo(card.version());
        assertThat(folder.entries()).hasSize(2).allMatch(ModelFolder.Entry::isUsable);
    }

    private static byte[] changed(UnaryOperator<GraphProto.Builder> change) {
        ModelProto.Builder model = regression().toBuilder();
        return model.setGraph(change.apply(model.getGraph().toBuilder()))
                .build()
                .toByteArray();
    }

    static Stream<Arguments> brokenModels() {
        byte[] whole = regression().toByteArray();
        return Stream.of(
                Arguments.of("an empty file", new byte[0], "there is no graph in it"),
                Arguments.of("another file", "not a model".getBytes(UTF_8), "no ONNX file"),
                Arguments.of("half a file", Arrays.copyOf(whole, whole.length / 2), "no ONNX file, or not a whole one"),
                Arguments.of(
                        "another number of columns",
                        OnnxFiles.logisticRegression(new float[] {1, 2, 3}, 0, false)
                                .toByteArray(),
                        "it takes 3 numbers for each customer, and there are " + WEIGHTS.length + " features"),
                Arguments.of(
                        "an input for each column",
                        changed(graph -> graph.addInput(OnnxFiles.table("more", TensorProto.DataType.FLOAT, -1, 1))),
                        "it has 2 inputs, [input, more]"),
                Arguments.of(
                        "doubles",
                        changed(graph -> graph.setInput(
                                0, OnnxFiles.table("input", TensorProto.DataType.DOUBLE, -1, WEIGHTS.length))),
                        "its input input is DOUBLE [any, " + WEIGHTS.length + "]. It must be a table of floats"),
                Arguments.of(
                        "one customer at a time",
                        changed(graph -> graph.setInput(
                                0, OnnxFiles.table("input", TensorProto.DataType.FLOAT, 1, WEIGHTS.length))),
                        "takes 1 customers at a time"),
                Arguments.of(
                        "labels without probabilities",
                        changed(graph -> graph.removeOutput(1)),
                        "its outputs are [label, INT64 [any]]"),
                Arguments.of(
                        "three classes",
                        changed(graph -> graph.setOutput(
                                1, OnnxFiles.table("probabilities", TensorProto.DataType.FLOAT, -1, 3))),
                        "probabilities, FLOAT [any, 3]"),
                Arguments.of(
                        "scores that are no probabilities",
                        changed(graph -> graph.setNode(0, withoutTransform(graph.getNode(0)))
                                .setNode(1, identity())),
                        "which are no probabilities that add up to 1"),
                Arguments.of(
                        "an operator that nobody knows",
                        changed(graph ->
                                graph.setNode(1, graph.getNode(1).toBuilder().setOpType("Telepathy"))),
                        "the ONNX runtime does not take it"),
                Arguments.of(
                        "numbers in another file",
                        changed(graph -> graph.addInitializer(TensorProto.newBuilder()
                                .setName("weights")
                                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                                .addDims(1)
                                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                                .addExternalData(StringStringEntryProto.newBuilder()
                                        .setKey("location")
                                        .setValue("/etc/hostname")))),
                        "it keeps numbers in other files"));
    }

    private static NodeProto withoutTransform(NodeProto classifier) {
        NodeProto.Builder node = classifier.toBuilder();
        int transform = node.getAttributeCount() - 1;
        assertThat(node.getAttribute(transform).getName()).isEqualTo("post_transform");
        return node.removeAttribute(transform).build();
    }

    private static NodeProto identity() {
        return NodeProto.newBuilder()
                .setOpType("Identity")
                .addInput("unnormalised")
                .addOutput("probabilities")
                .build();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenModels")
    void refusesABrokenModelAndLeavesTheFolderAsItWas(String fault, byte[] bytes, String expected) throws IOException {
        List<String> before = files();

        assertThatThrownBy(() -> run(bytes, COLUMNS, 1))
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessageContaining("model")
                .hasMessageContaining(expected);

        assertThat(files()).isEqualTo(before);
        assertThat(folder.championVersion()).isEqualTo(shipped);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.dir())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void refusesAModelThatRanksTheWrongWayRound() {
        assertThatThrownBy(() -> run(regression().toByteArray(), COLUMNS, 0))
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessageContaining("no better than chance")
                .hasMessageContaining("import it with --churned-column 1");
    }

    @Test
    void aFileThatWasChangedAfterwardsIsNeitherLoadedNorPromoted() throws IOException {
        String version = run(regression().toByteArray(), COLUMNS, 1).version();
        folder.promote(version, "promote", NOW);
        folder.rollback(NOW);
        Path file = folder.dir().resolve(version + ".onnx");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> folder.promote(version, "promote", NOW))
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessageContaining("its SHA-256 is");
        assertThat(folder.championVersion()).isEqualTo(shipped);
    }

    @Test
    void columnsCanBeReadFromAFileInAnotherOrder() throws IOException {
        Path file = dir.resolve("features.json");
        Files.writeString(file, """
                [ { "name": "tenure", "column": "tenure", "kind": "number", "scale": 12.0 },
                  { "name": "monthly", "column": "Contract", "kind": "category", "category": "Month-to-month" } ]
                """);
        InputColumns columns = InputColumns.read(file, TestProject.SCHEMA);
        assertThat(columns.names()).containsExactly("tenure", "monthly");

        ModelCard card = run(
                OnnxFiles.logisticRegression(new float[] {-0.4f, 1.5f}, -0.5f, false)
                        .toByteArray(),
                columns,
                1);

        Customer first = customers.get(0);
        double tenure = first.number(TestProject.SCHEMA.field("tenure"));
        boolean isMonthly = first.category(TestProject.SCHEMA.field("Contract")).equals("Month-to-month");
        double margin = -0.5 - 0.4 * tenure / 12 + (isMonthly ? 1.5 : 0);
        assertThat(folder.load(card.version()).churnProbabilities(List.of(first))[0])
                .isCloseTo(1 / (1 + Math.exp(-margin)), within(1e-6));
    }

    static Stream<Arguments> wrongFeatures() {
        return Stream.of(
                Arguments.of("[]", "it has no features"),
                Arguments.of("[null]", "one of them is null"),
                Arguments.of("{}", "it is no array of features"),
                Arguments.of("[{\"name\": \"x\"}]", "lacks its name or its kind"),
                Arguments.of(
                        "[{\"name\": \"x\", \"column\": \"tenur\", \"kind\": \"number\", \"scale\": 1}]",
                        "the feature x is of no column of the schema"),
                Arguments.of(
                        "[{\"name\": \"x\", \"column\": \"tenure\", \"kind\": \"number\", \"scale\": 1},"
                                + " {\"name\": \"x\", \"column\": \"tenure\", \"kind\": \"number\", \"scale\": 2}]",
                        "these names occur twice: x"));
    }

    @ParameterizedTest
    @MethodSource("wrongFeatures")
    void saysWhatIsWrongWithAFileOfFeatures(String json, String expected) throws IOException {
        Path file = Files.writeString(dir.resolve("features.json"), json);

        assertThatThrownBy(() -> InputColumns.read(file, TestProject.SCHEMA))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageContaining(expected)
                .hasMessageContaining("models features --json");
    }
}
