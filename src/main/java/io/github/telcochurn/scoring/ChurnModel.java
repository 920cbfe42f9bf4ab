package io.github.telcochurn.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.VariableInfo;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.common.xgboost.XGBoostModel;
import org.tribuo.protos.core.ModelProto;

/** A trained model that says how likely customers are to churn. Safe for use by several threads. */
public final class ChurnModel {
    /** The label of a customer who left. */
    public static final String CHURNED = "Yes";

    /** The label of a customer who did not. */
    public static final String STAYED = "No";

    /** A model file names the class that it becomes; only these are let in. */
    private static final Set<String> ALLOWED_CLASSES =
            Set.of(LinearSGDModel.class.getName(), XGBoostModel.class.getName());

    private static final Set<String> LABELS = Set.of(CHURNED, STAYED);
    private static final int MOST_NAMED = 8;
    private static final Label UNKNOWN = LabelFactory.UNKNOWN_LABEL;

    private final Model<Label> model;
    private final CustomerSchema schema;
    private final CustomerFeatures features;
    private final ModelCard card;
    /** Null where Tribuo's own predict is fast. */
    private final TreeEnsemble trees;

    private final Explainer explainer;

    /**
     * A model with its card, both of them fresh from the trainer or checked by {@link #load}.
     *
     * @throws IllegalArgumentException when predictions could not be explained
     */
    public ChurnModel(Model<Label> model, CustomerSchema schema, ModelCard card) {
        this.model = model;
        this.schema = schema;
        this.features = new CustomerFeatures(schema, card.features());
        this.card = card;
        this.explainer = Explainer.of(model, features, card.baseline());
        this.trees = explainer instanceof TreeExplainer ofTrees ? ofTrees.trees() : null;
    }

    /**
     * Loads the champion of a folder, after checking the file's hash, the model's class and its features.
     *
     * @param schema of the customers to score, which must be that of the model
     * @throws MissingPrerequisite when there is none, or one that must not be used
     */
    public static ChurnModel load(Path dir, CustomerSchema schema) {
        return load(dir, schema, ModelCard.CHAMPION);
    }

    /** As {@link #load(Path, CustomerSchema)}, of another card in the folder. */
    static ChurnModel load(Path dir, CustomerSchema schema, String cardName) {
        ModelCard card = readCard(dir.resolve(cardName));
        Path file = dir.resolve(card.file()).normalize();
        byte[] bytes = readModel(file);
        String sha256 = DigestUtils.sha256Hex(bytes);
        if (!sha256.equals(card.sha256())) {
            throw unusable(file, "its SHA-256 is " + sha256 + ", but its card says " + card.sha256());
        }
        checkSchema(file, card, schema);
        try {
            return new ChurnModel(parse(file, bytes, card), schema, card);
        } catch (IllegalArgumentException e) {
            throw unusable(file, "it does not go with its card: " + e.getMessage());
        }
    }

    private static ModelCard readCard(Path file) {
        try {
            ModelCard card = new ObjectMapper().readValue(Files.readAllBytes(file), ModelCard.class);
            if (card == null
                    || card.file() == null
                    || card.sha256() == null
                    || card.version() == null
                    || card.schema() == null
                    || card.features() == null
                    || card.baseline() == null) {
                throw unusable(file, "it lacks file, sha256, version, schema, features or baseline");
            }
            return card;
        } catch (JsonProcessingException e) {
            throw unusable(file, "it is not a model card: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new MissingPrerequisite("No model card at " + file + ". Run ./churn train to make a model.", e);
        }
    }

    private static byte[] readModel(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new MissingPrerequisite("No model file at " + file + ". Run ./churn train to make a model.", e);
        }
    }

    private static void checkSchema(Path file, ModelCard card, CustomerSchema schema) {
        Set<String> other = card.schema().columnsOtherThan(schema);
        if (!other.isEmpty()) {
            throw new MissingPrerequisite("The model " + file + " is of another schema ("
                    + card.schema().name()
                    + ") than churn.schema (" + schema.name() + "): they differ in " + some(other)
                    + ". Set churn.schema and churn.model.dir to what belongs together, or run ./churn train to make a"
                    + " model for this schema.");
        }
    }

    private static String some(Set<String> columns) {
        String first = columns.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return columns.size() <= MOST_NAMED
                ? first
                : first + " and " + (columns.size() - MOST_NAMED) + " other columns";
    }

    private static Model<Label> parse(Path file, byte[] bytes, ModelCard card) {
        try {
            ModelProto proto = ModelProto.parseFrom(bytes);
            if (!ALLOWED_CLASSES.contains(proto.getClassName())) {
                throw unusable(file, "its class " + proto.getClassName() + " is none of " + ALLOWED_CLASSES);
            }
            Model<Label> model = Model.deserialize(proto).castModel(Label.class);
            checkFeatures(file, model, card);
            checkLabels(file, model);
            return model;
        } catch (IOException | IllegalStateException | ClassCastException e) {
            // Tribuo wraps what went wrong, such as that XGBoost has no library for this machine.
            throw unusable(file, "it cannot be read: " + ChurnFailure.rootMessage(e));
        }
    }

    private static void checkFeatures(Path file, Model<Label> model, ModelCard card) {
        Set<String> unknown = new TreeSet<>();
        for (VariableInfo feature : model.getFeatureIDMap()) {
            unknown.add(feature.getName());
        }
        card.features().forEach(feature -> unknown.remove(feature.name()));
        if (!unknown.isEmpty()) {
            throw unusable(file, "it wants features that are not in its card: " + unknown);
        }
    }

    private static void checkLabels(Path file, Model<Label> model) {
        Set<String> labels = new TreeSet<>();
        model.getOutputIDInfo().getDomain().forEach(label -> labels.add(label.getLabel()));
        if (!labels.equals(LABELS)) {
            throw unusable(file, "it tells apart " + labels + " instead of No and Yes");
        }
    }

    private static MissingPrerequisite unusable(Path file, String why) {
        return new MissingPrerequisite("The model " + file + " must not be used: " + why
                + ". Restore the file, or run ./churn train to make a new one.");
    }

    /**
     * Scores a list at once, which is far faster than one by one.
     *
     * @return the probability of churn, 0 to 1, for each customer in the same order
     * @throws IllegalStateException when the model gives something that is no probability
     */
    public double[] churnProbabilities(List<Customer> customers) {
        double[] probabilities = trees == null ? predicted(customers) : walked(customers);
        for (double probability : probabilities) {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalStateException("The model " + version() + " gave the probability " + probability);
            }
        }
        return probabilities;
    }

    private double[] walked(List<Customer> customers) {
        return customers.stream()
                .mapToDouble(customer -> trees.probability(features.vector(customer)))
                .toArray();
    }

    private double[] predicted(List<Customer> customers) {
        List<Example<Label>> examples = new ArrayList<>(customers.size());
        for (Customer customer : customers) {
            examples.add(features.of(customer, UNKNOWN));
        }
        return model.predict(examples).stream()
                .mapToDouble(
                        prediction -> prediction.getOutputScores().get(CHURNED).getScore())
                .toArray();
    }

    /**
     * Says what made the probabilities.
     *
     * @return for each customer in the same order what each column adds to the margin ln(p / (1 - p)) of its probability p
     */
    public List<Contributions> explain(List<Customer> customers) {
        return customers.isEmpty() ? List.of() : explainer.explain(customers);
    }

    /** Of the customers that it scores. */
    public CustomerSchema schema() {
        return schema;
    }

    public ModelCard card() {
        return card;
    }

    public String version() {
        return card.version();
    }
}
