package io.github.telcochurn.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.modelcard.CardPage;
import io.github.telcochurn.scoring.Baseline;
import io.github.telcochurn.scoring.CardFigures;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.CustomerFeatures;
import io.github.telcochurn.scoring.GoldenRows;
import io.github.telcochurn.scoring.Importance;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.OnnxFile;
import io.github.telcochurn.scoring.OnnxGraph;
import io.github.telcochurn.scoring.PredictionQuality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.codec.digest.DigestUtils;
import org.tribuo.Model;
import org.tribuo.classification.Label;

/**
 * Adds a model of another library, as an ONNX file, to the folder. It is measured with labelled customers, which later
 * data is compared with as well; the champion stays what it is.
 */
public final class ModelImport {
    private static final double CHANCE = 0.5;

    private final InputColumns columns;
    private final Consumer<String> progress;

    /**
     * For models that see such columns.
     *
     * @param progress is given a line for each step of the work
     */
    public ModelImport(InputColumns columns, Consumer<String> progress) {
        this.columns = columns;
        this.progress = progress;
    }

    /**
     * A file to import.
     *
     * @param name the version begins with it
     * @param churnedColumn the column of its output, 0 or 1, that is the probability of churn
     */
    public record Source(Path file, String name, int churnedColumn) {}

    /**
     * Imports a model. The same file with the same columns has the same version again.
     *
     * @param csv with the schema's label; as a rule what the model was trained on
     * @return its card, as it was saved
     * @throws MissingPrerequisite when the model must not be used; the folder is then as it was
     * @throws ChurnFailure when a file cannot be read, or the folder not written
     */
    public ModelCard run(Source source, Path csv, ModelFolder folder, Instant now) {
        byte[] bytes = read(source.file());
        try {
            OnnxGraph graph = OnnxGraph.read(bytes);
            graph.requireColumns(columns.features().size());
            LabelledCustomers labelled = LabelledCustomers.read(csv, columns.schema(), progress);
            ModelCard card = measured(source, graph, bytes, labelled, now);
            folder.addImported(card, bytes);
            CardPage.write(folder.dir(), card);
            return card;
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw refused(source.file(), e.getMessage(), e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ChurnFailure("The model cannot be read: " + ChurnFailure.reason(e) + ".", e);
        }
    }

    private static MissingPrerequisite refused(Path file, String why, Exception cause) {
        return new MissingPrerequisite("The model " + file + " must not be used: " + why + ".", cause);
    }

    private ModelCard measured(Source source, OnnxGraph graph, byte[] bytes, LabelledCustomers labelled, Instant now) {
        List<Customer> customers = labelled.customers();
        CustomerFeatures features = new CustomerFeatures(columns.schema(), columns.features());
        ModelCard.Onnx unmeasured = new ModelCard.Onnx(graph.input(), columns.names(), source.churnedColumn(), null);
        Model<Label> model = OnnxFile.load(bytes, unmeasured);
        // The model needs the means of the features, and the distribution of its score needs the model.
        ModelCard unscored = card(source, graph, bytes, labelled, now)
                .with(unmeasured, Baseline.of(columns.schema(), features, customers, new double[0]), List.of(), null);
        ChurnModel imported = new ChurnModel(model, columns.schema(), unscored);
        GoldenRows.require(imported);
        progress.accept(String.format(Locale.ROOT, "scoring %,d customers", customers.size()));
        double[] probabilities = imported.churnProbabilities(customers);
        PredictionQuality quality = PredictionQuality.of(probabilities, outcomes(customers), Candidate.THRESHOLD);
        requireBetterThanChance(source, labelled.file().name(), quality);
        progress.accept("measuring what it relies on");
        CardFigures evaluation = CardFigures.of(columns.schema(), customers, probabilities, Candidate.THRESHOLD);
        return unscored.with(
                new ModelCard.Onnx(graph.input(), columns.names(), source.churnedColumn(), quality),
                Baseline.of(columns.schema(), features, customers, probabilities),
                Importance.of(imported, EvenlySpaced.of(customers, ChurnTrainer.MOST_EXPLAINED)),
                evaluation.with(KnownLimits.ofImported(labelled, evaluation)));
    }

    private static double[] outcomes(List<Customer> customers) {
        return customers.stream()
                .mapToDouble(customer -> customer.outcome().indicator())
                .toArray();
    }

    /** Who gets the columns wrong, of the input or of the output, has a model that ranks customers the wrong way round. */
    private static void requireBetterThanChance(Source source, String csv, PredictionQuality quality) {
        if (!(quality.auc() > CHANCE)) {
            throw refused(
                    source.file(),
                    String.format(
                            Locale.ROOT,
                            "its AUC on %s is %.4f, no better than chance. If column %d of its output is the probability of"
                                    + " churn, import it with --churned-column %d; if not, its features are not those that"
                                    + " ./churn models features prints, or not in this order",
                            csv,
                            quality.auc(),
                            1 - source.churnedColumn(),
                            1 - source.churnedColumn()),
                    null);
        }
    }

    private ModelCard card(Source source, OnnxGraph graph, byte[] bytes, LabelledCustomers labelled, Instant now) {
        String sha256 = DigestUtils.sha256Hex(bytes);
        String content = sha256 + columns.features() + source.churnedColumn();
        String version = source.name() + "-"
                + DigestUtils.sha256Hex(content.getBytes(UTF_8)).substring(0, 8);
        return new ModelCard(
                version,
                ModelFolder.onnxFileOf(version),
                sha256,
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                ModelCard.Schema.of(columns.schema()),
                new ModelCard.Data(
                        labelled.file().name(),
                        labelled.file().sha256(),
                        labelled.customers().size(),
                        labelled.churned()),
                new ModelCard.Trainer(
                        "onnx",
                        Map.of(
                                "producer",
                                graph.producer().isEmpty() ? "unknown" : graph.producer(),
                                "operators",
                                graph.operators())),
                null,
                null,
                List.of(),
                null,
                new CustomerFeatures(columns.schema(), columns.features()).features(),
                List.of(),
                null,
                null,
                null);
    }
}
