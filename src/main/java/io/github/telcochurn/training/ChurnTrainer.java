package io.github.telcochurn.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.files.WholeFile;
import io.github.telcochurn.scoring.Baseline;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.CustomerFeatures;
import io.github.telcochurn.scoring.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Trains a model, measures it by cross-validation, and saves it as the champion with its card. */
public final class ChurnTrainer {
    private static final String MODEL_FILE = "champion.tribuo";
    private static final int FOLDS = 5;

    private static final long SEED = 1;

    private final Algorithm algorithm;

    /** For models of one kind. */
    public ChurnTrainer(Algorithm algorithm) {
        this.algorithm = algorithm;
    }

    /** What training made. */
    public record Trained(ChurnModel model, int leftOut) {}

    /**
     * Trains on every labelled row of a file. The same file gives the same parameters and the same version again.
     *
     * @param csv with the column Churn
     * @param dir where the model and its card are saved, over those that are there
     * @throws ChurnFailure when the file cannot be trained on, or the folder not written
     */
    public Trained train(Path csv, Path dir, Instant now) {
        LabelledCustomers labelled = LabelledCustomers.read(csv, new CustomerValidator(CustomerValidator.Mode.STRICT));
        Dataset<Label> data = dataset(labelled.customers());
        ModelCard.CrossValidation measured = new CrossValidator(FOLDS, SEED).measure(algorithm.trainer(), data);
        Model<Label> model = algorithm.trainer().train(data);
        Baseline baseline = baseline(model, data, labelled.customers());
        return new Trained(save(model, labelled, measured, baseline, dir, now), labelled.leftOut());
    }

    private static Dataset<Label> dataset(List<Customer> customers) {
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> data =
                new MutableDataset<>(new SimpleDataSourceProvenance("labelled customers", labels), labels);
        for (Customer customer : customers) {
            data.add(CustomerFeatures.of(customer, new Label(customer.churn())));
        }
        return data;
    }

    private ChurnModel save(
            Model<Label> model,
            LabelledCustomers labelled,
            ModelCard.CrossValidation measured,
            Baseline baseline,
            Path dir,
            Instant now) {
        byte[] bytes = model.serialize().toByteArray();
        ModelCard card = new ModelCard(
                algorithm.version(model),
                MODEL_FILE,
                DigestUtils.sha256Hex(bytes),
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                new ModelCard.Data(
                        labelled.file().path().getFileName().toString(),
                        labelled.file().sha256(),
                        labelled.customers().size(),
                        labelled.churned()),
                new ModelCard.Trainer(algorithm.trainer().getClass().getName(), algorithm.parameters()),
                measured,
                CustomerFeatures.names(),
                baseline);
        try {
            Files.createDirectories(dir);
            WholeFile.replace(dir.resolve(MODEL_FILE), bytes);
            WholeFile.replace(dir.resolve(ModelCard.CHAMPION), json(card));
        } catch (IOException e) {
            throw new ChurnFailure("The model cannot be saved in " + dir + ": " + e.getMessage(), e);
        }
        return new ChurnModel(model, card);
    }

    private static Baseline baseline(Model<Label> model, Dataset<Label> data, List<Customer> customers) {
        double[] probabilities = model.predict(data).stream()
                .mapToDouble(prediction ->
                        prediction.getOutputScores().get(ChurnModel.CHURNED).getScore())
                .toArray();
        return Baseline.of(customers, probabilities);
    }

    private static byte[] json(ModelCard card) throws IOException {
        String text =
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(card);
        return (text + "\n").getBytes(UTF_8);
    }
}
