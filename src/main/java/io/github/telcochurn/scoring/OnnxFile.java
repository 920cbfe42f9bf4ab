package io.github.telcochurn.scoring;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tribuo.Model;
import org.tribuo.classification.Label;

/** Loads models from ONNX files, and says what is wrong where the ONNX runtime is not there. */
public final class OnnxFile {
    private OnnxFile() {}

    /**
     * Loads a model.
     *
     * @param bytes whose hash was checked
     * @throws IllegalArgumentException when the file cannot be used in this way; the message says why
     * @throws MissingPrerequisite when there is no ONNX runtime
     */
    public static Model<Label> load(byte[] bytes, ModelCard.Onnx onnx) {
        OnnxGraph.read(bytes).requireColumns(onnx.columns().size());
        try {
            // Tribuo accepts only a path, so it is given a file with the very bytes that were checked.
            Path copy = Files.createTempFile("churn-", ".onnx");
            try {
                Files.write(copy, bytes);
                return OnnxSession.open(copy, onnx);
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw new ChurnFailure(
                    "An ONNX model needs the folder for temporary files: " + ChurnFailure.reason(e)
                            + ". Make it writable for this user, or set another by -Djava.io.tmpdir.",
                    e);
        } catch (LinkageError e) {
            throw new MissingPrerequisite(
                    "There is an ONNX model, and the ONNX runtime cannot be loaded: " + ChurnFailure.rootMessage(e)
                            + ". The jars of target/onnx must be on the class path, as ./churn puts them there; an image has"
                            + " them when it was built with mvn -Ponnx. The runtime needs Linux with glibc, macOS or Windows.",
                    e);
        }
    }
}
