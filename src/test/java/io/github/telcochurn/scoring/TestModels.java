package io.github.telcochurn.scoring;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.telcochurn.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.commons.codec.digest.DigestUtils;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.SGD;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Folders of models for tests. */
public final class TestModels {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SHIPPED = TestProject.ROOT.resolve("models");

    private TestModels() {}

    /** The shipped models' version that is champion. */
    public static String shippedVersion() {
        return new ModelFolder(SHIPPED, TestProject.SCHEMA).championVersion();
    }

    /** The shipped champion's card. */
    public static Path shippedCard() {
        return SHIPPED.resolve(shippedVersion() + ".json");
    }

    /** The shipped champion's file. */
    public static Path shippedFile() {
        return SHIPPED.resolve(ModelFolder.fileOf(shippedVersion()));
    }

    /** Copies the shipped champion into a folder that is there: its card, its file and its history. */
    public static Path copyShipped(Path dir) throws IOException {
        for (Path file : new Path[] {shippedCard(), shippedFile(), SHIPPED.resolve(ModelHistory.FILE)}) {
            Files.copy(file, dir.resolve(file.getFileName()));
        }
        return dir;
    }

    /** A folder with another model than the shipped one, under the names of the champion, as the trainer would write it. */
    public static void write(Path dir, byte[] model, String sha256) throws IOException {
        put(dir, shippedVersion(), model, sha256, 1, 0);
        Files.copy(SHIPPED.resolve(ModelHistory.FILE), dir.resolve(ModelHistory.FILE));
    }

    /** The shipped champion under another version, in a new folder. */
    public static Path renamed(Path home, String version) throws IOException {
        Path models = Files.createDirectory(home.resolve("models-" + version));
        add(models, version, 1, 0);
        folder(models).promote(version, "promote", Instant.now());
        return models;
    }

    /**
     * Puts the shipped champion beside the models of a folder under another version, and does not promote it.
     *
     * @param slope of its calibration, which makes its probabilities others than those of the shipped one
     */
    public static void add(Path dir, String version, double slope, double intercept) throws IOException {
        byte[] model = Files.readAllBytes(shippedFile());
        put(dir, version, model, DigestUtils.sha256Hex(model), slope, intercept);
    }

    /** Puts a model into a folder whose file is not that of its card. */
    public static void addAltered(Path dir, String version) throws IOException {
        byte[] model = Files.readAllBytes(shippedFile());
        String sha256 = DigestUtils.sha256Hex(model);
        model[model.length / 2] ^= 1;
        put(dir, version, model, sha256, 1, 0);
    }

    /** Puts a model into a folder that is whole and right in everything, but for its weights: they add up to infinity. */
    public static void addOverflowing(Path dir, String version) throws IOException {
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> customers =
                new MutableDataset<>(new SimpleDataSourceProvenance("overflow", labels), labels);
        customers.add(
                new ArrayExample<>(new Label("Yes"), new String[] {"tenure", "log(1+tenure)"}, new double[] {2, 2}));
        customers.add(new ArrayExample<>(new Label("No"), new String[] {"tenure"}, new double[] {0.001}));
        byte[] model = new LinearSGDTrainer(new LogMulticlass(), SGD.getSimpleSGD(0.85e308), 1, 1)
                .train(customers)
                .serialize()
                .toByteArray();
        put(dir, version, model, DigestUtils.sha256Hex(model), 1, 0);
    }

    private static void put(Path dir, String version, byte[] model, String sha256, double slope, double intercept)
            throws IOException {
        ObjectNode card = (ObjectNode) JSON.readTree(shippedCard().toFile());
        card.put("version", version);
        card.put("file", ModelFolder.fileOf(version));
        card.put("sha256", sha256);
        if (slope != 1 || intercept != 0) {
            card.putObject("calibration").put("slope", slope).put("intercept", intercept);
        }
        Files.write(dir.resolve(ModelFolder.fileOf(version)), model);
        Files.write(dir.resolve(version + ".json"), JSON.writeValueAsBytes(card));
    }

    /** The models of a folder, of the shipped schema. */
    public static ModelFolder folder(Path dir) {
        return new ModelFolder(dir, TestProject.SCHEMA);
    }
}
