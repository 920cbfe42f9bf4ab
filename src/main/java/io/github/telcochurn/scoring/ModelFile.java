package io.github.telcochurn.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.customer.CustomerSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.common.xgboost.XGBoostModel;
import org.tribuo.ensemble.WeightedEnsembleModel;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.protos.core.WeightedEnsembleModelProto;

/**
 * Reads models from their files. A file of Tribuo's can name any class to be made of it, so that it is read only when its hash is the
 * one in its card and every class in it is one of those allowed. An ONNX file names no classes; its hash is checked all the same.
 */
final class ModelFile {
    /** A model file names the class that it becomes; only these are let in. */
    private static final Set<String> ALLOWED_CLASSES =
            Set.of(LinearSGDModel.class.getName(), XGBoostModel.class.getName(), WeightedEnsembleModel.class.getName());

    private static final Set<String> ALLOWED_COMBINERS = Set.of(FullyWeightedVotingCombiner.class.getName());

    private static final Set<String> LABELS = Set.of(ChurnModel.CHURNED, ChurnModel.STAYED);
    private static final int MOST_NAMED = 8;

    private ModelFile() {}

    /**
     * Loads a model by its card.
     *
     * @param cardName the card's file in the folder
     * @throws MissingPrerequisite when either file is missing, or must not be used
     */
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
            Model<Label> model = card.onnx() == null ? parse(file, bytes, card) : OnnxFile.load(bytes, card.onnx());
            return new ChurnModel(model, schema, card);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw unusable(file, "it does not go with its card: " + e.getMessage());
        }
    }

    static ModelCard readCard(Path file) {
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
            checkClass(file, proto);
            Model<Label> model = Model.deserialize(proto).castModel(Label.class);
            checkFeatures(file, model, card);
            checkLabels(file, model);
            return model;
        } catch (IOException | IllegalStateException | ClassCastException e) {
            // Tribuo wraps what went wrong, such as that XGBoost has no library for this machine.
            throw unusable(file, "it cannot be read: " + ChurnFailure.rootMessage(e));
        }
    }

    /** Also of the models that it is made of. */
    private static void checkClass(Path file, ModelProto proto) throws InvalidProtocolBufferException {
        requireAllowed(file, proto.getClassName(), ALLOWED_CLASSES);
        if (proto.getClassName().equals(WeightedEnsembleModel.class.getName())) {
            WeightedEnsembleModelProto ensemble = proto.getSerializedData().unpack(WeightedEnsembleModelProto.class);
            requireAllowed(file, ensemble.getCombiner().getClassName(), ALLOWED_COMBINERS);
            for (ModelProto member : ensemble.getModelsList()) {
                checkClass(file, member);
            }
        }
    }

    private static void requireAllowed(Path file, String className, Set<String> allowed) {
        if (!allowed.contains(className)) {
            throw unusable(file, "its class " + className + " is none of " + allowed);
        }
    }

    private static void checkFeatures(Path file, Model<Label> model, ModelCard card) {
        Set<String> unknown = new TreeSet<>();
        addFeatures(model, unknown);
        card.features().forEach(feature -> unknown.remove(feature.name()));
        if (!unknown.isEmpty()) {
            throw unusable(file, "it wants features that are not in its card: " + unknown);
        }
    }

    private static void addFeatures(Model<Label> model, Set<String> names) {
        if (model instanceof WeightedEnsembleModel<Label> ensemble) {
            ensemble.getModels().forEach(member -> addFeatures(member, names));
        } else {
            model.getFeatureIDMap().forEach(feature -> names.add(feature.getName()));
        }
    }

    private static void checkLabels(Path file, Model<Label> model) {
        Set<String> labels = new TreeSet<>();
        model.getOutputIDInfo().getDomain().forEach(label -> labels.add(label.getLabel()));
        if (!labels.equals(LABELS)) {
            throw unusable(file, "its labels are " + labels + " instead of No and Yes");
        }
    }

    private static MissingPrerequisite unusable(Path file, String why) {
        return new MissingPrerequisite("The model " + file + " must not be used: " + why
                + ". Restore the file, or run ./churn train to make a new one.");
    }
}
