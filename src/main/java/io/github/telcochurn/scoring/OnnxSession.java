package io.github.telcochurn.scoring;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.telcochurn.ChurnFailure;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.interop.onnx.DenseTransformer;
import org.tribuo.interop.onnx.LabelTransformer;
import org.tribuo.interop.onnx.ONNXExternalModel;

/**
 * ONNX files as models of Tribuo, which the ONNX runtime computes. The only class that needs the runtime's libraries, which need not be
 * there: {@link OnnxFile} alone uses it.
 */
final class OnnxSession {
    private OnnxSession() {}

    /**
     * Loads a model.
     *
     * @throws IllegalArgumentException when the runtime refuses it
     */
    static Model<Label> open(Path file, ModelCard.Onnx onnx) {
        try {
            OrtEnvironment.getEnvironment().setTelemetry(false);
            OrtSession.SessionOptions options = new OrtSession.SessionOptions();
            // Scorers run side by side, each with a thread of its own.
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return ONNXExternalModel.createOnnxModel(
                    new LabelFactory(),
                    places(onnx.columns()),
                    Map.of(
                            new Label(ChurnModel.CHURNED),
                            onnx.churnedColumn(),
                            new Label(ChurnModel.STAYED),
                            1 - onnx.churnedColumn()),
                    new DenseTransformer(),
                    new LabelTransformer(),
                    options,
                    file,
                    onnx.input());
        } catch (OrtException | IllegalArgumentException | IllegalStateException e) {
            // Tribuo names the file, which is a copy, and keeps the runtime's words for the cause.
            throw new IllegalArgumentException("the ONNX runtime does not take it: " + ChurnFailure.rootMessage(e), e);
        }
    }

    private static Map<String, Integer> places(List<String> columns) {
        Map<String, Integer> places = new HashMap<>();
        columns.forEach(column -> places.put(column, places.size()));
        return places;
    }
}
