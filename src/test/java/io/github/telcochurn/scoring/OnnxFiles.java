package io.github.telcochurn.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.tribuo.Model;
import org.tribuo.VariableIDInfo;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDModel;

/** ONNX files for tests: as Tribuo writes them, and as skl2onnx writes a logistic regression of scikit-learn. */
public final class OnnxFiles {
    private static final String ML = "ai.onnx.ml";

    private OnnxFiles() {}

    /**
     * The shipped champion as an ONNX file.
     *
     * @param features in the order of its columns
     * @param churnedColumn the column of its output that is the probability of churn
     */
    public record Exported(byte[] bytes, List<Feature> features, int churnedColumn) {}

    /** Has Tribuo export the shipped champion. */
    public static Exported shippedChampion() throws IOException {
        Model<Label> model = Model.deserialize(
                        org.tribuo.protos.core.ModelProto.parseFrom(Files.readAllBytes(TestModels.shippedFile())))
                .castModel(Label.class);
        ChurnModel shipped =
                TestModels.folder(TestModels.shippedFile().getParent()).champion();
        Map<Integer, String> names = new TreeMap<>();
        for (VariableIDInfo feature : IntStream.range(0, model.getFeatureIDMap().size())
                .mapToObj(model.getFeatureIDMap()::get)
                .toList()) {
            names.put(feature.getID(), feature.getName());
        }
        List<Feature> features = names.values().stream()
                .map(name -> shipped.card().features().stream()
                        .filter(feature -> feature.name().equals(name))
                        .findFirst()
                        .orElseThrow())
                .toList();
        byte[] bytes = ((LinearSGDModel) model)
                .exportONNXModel("io.github.telcochurn", 1)
                .toByteArray();
        return new Exported(bytes, features, model.getOutputIDInfo().getID(new Label(ChurnModel.CHURNED)));
    }

    /**
     * A logistic regression as skl2onnx writes it for scikit-learn's LogisticRegression: LinearClassifier, then Normalizer, and ZipMap
     * unless it was switched off.
     *
     * @param weights of each column
     */
    public static ModelProto logisticRegression(float[] weights, float intercept, boolean zipmap) {
        float[] bothWays = new float[2 * weights.length];
        for (int i = 0; i < weights.length; i++) {
            bothWays[i] = -weights[i];
            bothWays[weights.length + i] = weights[i];
        }
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("logistic-regression")
                .addInput(table("input", TensorProto.DataType.FLOAT, -1, weights.length))
                .addNode(NodeProto.newBuilder()
                        .setName("LinearClassifier")
                        .setOpType("LinearClassifier")
                        .setDomain(ML)
                        .addInput("input")
                        .addOutput("label")
                        .addOutput("unnormalised")
                        .addAttribute(floats("coefficients", bothWays))
                        .addAttribute(floats("intercepts", -intercept, intercept))
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("classlabels_ints")
                                .setType(AttributeProto.AttributeType.INTS)
                                .addAllInts(List.of(0L, 1L)))
                        .addAttribute(text("post_transform", "LOGISTIC")))
                .addNode(NodeProto.newBuilder()
                        .setName("Normalizer")
                        .setOpType("Normalizer")
                        .setDomain(ML)
                        .addInput("unnormalised")
                        .addOutput("probabilities")
                        .addAttribute(text("norm", "L1")))
                .addOutput(table("label", TensorProto.DataType.INT64, -1));
        if (zipmap) {
            graph.addNode(NodeProto.newBuilder()
                            .setName("ZipMap")
                            .setOpType("ZipMap")
                            .setDomain(ML)
                            .addInput("probabilities")
                            .addOutput("output_probability")
                            .addAttribute(AttributeProto.newBuilder()
                                    .setName("classlabels_int64s")
                                    .setType(AttributeProto.AttributeType.INTS)
                                    .addAllInts(List.of(0L, 1L))))
                    .addOutput(maps("output_probability"));
        } else {
            graph.addOutput(table("probabilities", TensorProto.DataType.FLOAT, -1, 2));
        }
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .setProducerName("skl2onnx")
                .setProducerVersion("1.17.0")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(15))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(ML).setVersion(3))
                .setGraph(graph)
                .build();
    }

    /**
     * A table.
     *
     * @param shape -1 for a size that is open
     */
    public static ValueInfoProto table(String name, TensorProto.DataType element, int... shape) {
        TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder();
        for (int size : shape) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            sizes.addDim(size < 0 ? dimension : dimension.setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(element.getNumber())
                                .setShape(sizes)))
                .build();
    }

    private static ValueInfoProto maps(String name) {
        TypeProto number = TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE))
                .build();
        TypeProto map = TypeProto.newBuilder()
                .setMapType(TypeProto.Map.newBuilder()
                        .setKeyType(TensorProto.DataType.INT64_VALUE)
                        .setValueType(number))
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(map)))
                .build();
    }

    private static AttributeProto floats(String name, float... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.FLOATS);
        IntStream.range(0, values.length).forEach(i -> attribute.addFloats(values[i]));
        return attribute.build();
    }

    private static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFrom(value, UTF_8))
                .build();
    }

    /** Weights by the features' names; 0 for all others. */
    public static float[] weights(List<String> columns, Map<String, Float> byName) {
        float[] weights = new float[columns.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = byName.getOrDefault(columns.get(i), 0f);
        }
        return weights;
    }
}
