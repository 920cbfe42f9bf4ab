package io.github.telcochurn.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.scoring.Baseline;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.CustomerFeatures;
import io.github.telcochurn.scoring.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.tribuo.Dataset;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Trains a logistic regression, measures it by cross-validation, and saves it as the champion with its card. */
public final class ChurnTrainer {
    private static final String MODEL_FILE = "champion.tribuo";
    private static final int FOLDS = 5;

    // Tribuo's own defaults stop long before convergence on this data; these were chosen by cross-validation.
    private static final double LEARNING_RATE = 0.5;
    private static final double EPSILON = 0.1;
    private static final int EPOCHS = 20;
    private static final int MINIBATCH = 32;
    private static final long SEED = 1;

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
        ModelCard.CrossValidation measured = new CrossValidator(FOLDS, SEED).measure(trainer(), data);
        LinearSGDModel model = trainer().train(data);
        return new Trained(save(model, labelled, measured, dir, now), labelled.leftOut());
    }

    /** A new one each time: a Tribuo trainer counts its calls and seeds the next by them. */
    private static LinearSGDTrainer trainer() {
        return new LinearSGDTrainer(
                new LogMulticlass(), new AdaGrad(LEARNING_RATE, EPSILON), EPOCHS, -1, MINIBATCH, SEED);
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

    private static ChurnModel save(
            LinearSGDModel model,
            LabelledCustomers labelled,
            ModelCard.CrossValidation measured,
            Path dir,
            Instant now) {
        byte[] bytes = model.serialize().toByteArray();
        ModelCard card = new ModelCard(
                version(model),
                MODEL_FILE,
                DigestUtils.sha256Hex(bytes),
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                new ModelCard.Data(
                        labelled.file().path().getFileName().toString(),
                        labelled.file().sha256(),
                        labelled.customers().size(),
                        labelled.churned()),
                new ModelCard.Trainer(LinearSGDTrainer.class.getName(), parameters()),
                measured,
                CustomerFeatures.names(),
                baseline(model, labelled.customers()));
        try {
            Files.createDirectories(dir);
            replace(dir.resolve(MODEL_FILE), bytes);
            replace(dir.resolve(ModelCard.CHAMPION), json(card));
        } catch (IOException e) {
            throw new ChurnFailure("The model cannot be saved in " + dir + ": " + e.getMessage(), e);
        }
        return new ChurnModel(model, card);
    }

    private static Baseline baseline(LinearSGDModel model, List<Customer> customers) {
        double[] probabilities = model.predict(dataset(customers)).stream()
                .mapToDouble(prediction ->
                        prediction.getOutputScores().get(ChurnModel.CHURNED).getScore())
                .toArray();
        return Baseline.of(customers, probabilities);
    }

    /** Named by the weights: times and machines do not change it. */
    private static String version(LinearSGDModel model) {
        String weights = CustomerFeatures.names() + model.getWeightsCopy().toString();
        return "logistic-" + DigestUtils.sha256Hex(weights.getBytes(UTF_8)).substring(0, 8);
    }

    private static Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("objective", "LogMulticlass");
        parameters.put("optimiser", "AdaGrad");
        parameters.put("learning_rate", LEARNING_RATE);
        parameters.put("epsilon", EPSILON);
        parameters.put("epochs", EPOCHS);
        parameters.put("minibatch_size", MINIBATCH);
        parameters.put("seed", SEED);
        return parameters;
    }

    private static byte[] json(ModelCard card) throws IOException {
        String text =
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(card);
        return (text + "\n").getBytes(UTF_8);
    }

    /** A reader sees the old file or the new one, never half of it. */
    private static void replace(Path file, byte[] content) throws IOException {
        Path written = Files.write(file.resolveSibling(file.getFileName() + ".new"), content);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
