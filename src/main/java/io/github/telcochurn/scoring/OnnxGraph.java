package io.github.telcochurn.scoring;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an ONNX file says of itself, read without the ONNX runtime: whether it takes a row of numbers for each customer, and gives two
 * probabilities.
 *
 * @param producer which program made it; empty when it does not say
 * @param operators the sets of operators that it uses, with their versions
 * @param input the name of its input
 * @param columns how many numbers it takes for each customer; -1 when it does not say
 */
public record OnnxGraph(String producer, String operators, String input, long columns) {
    private static final int UNKNOWN = -1;
    private static final int LABELS = 2;
    private static final String CONVERT = " With skl2onnx: initial_types=[(\"input\", FloatTensorType([None, N]))]";

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException when it cannot be used; the message says why, as the end of a sentence that begins with the file's name
     */
    public static OnnxGraph read(byte[] bytes) {
        ModelProto model = parse(bytes);
        GraphProto graph = model.getGraph();
        if (tensors(model).anyMatch(OnnxGraph::isElsewhere)) {
            throw new IllegalArgumentException(
                    "it keeps numbers in other files, whose hash nobody checks. Save it as one file");
        }
        ValueInfoProto input = onlyInput(graph);
        requireProbabilities(graph.getOutputList());
        return new OnnxGraph(
                (model.getProducerName() + " " + model.getProducerVersion()).strip(),
                model.getOpsetImportList().stream()
                        .map(set -> (set.getDomain().isEmpty() ? "ai.onnx" : set.getDomain()) + " " + set.getVersion())
                        .sorted()
                        .collect(Collectors.joining(", ")),
                input.getName(),
                columns(input));
    }

    private static ModelProto parse(byte[] bytes) {
        ModelProto model;
        try {
            model = ModelProto.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("it is no ONNX file, or not a whole one: " + e.getMessage(), e);
        }
        if (!model.hasGraph()) {
            throw new IllegalArgumentException("it is no ONNX file: there is no graph in it");
        }
        return model;
    }

    private static ValueInfoProto onlyInput(GraphProto graph) {
        // Older files list their constants among the inputs.
        Set<String> constants =
                graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
        List<ValueInfoProto> inputs = graph.getInputList().stream()
                .filter(input -> !constants.contains(input.getName()))
                .toList();
        if (inputs.size() != 1) {
            throw new IllegalArgumentException("it has " + inputs.size() + " inputs, "
                    + inputs.stream().map(ValueInfoProto::getName).toList()
                    + ". It must have one, with all features of a customer in a row." + CONVERT);
        }
        return inputs.get(0);
    }

    private static long columns(ValueInfoProto input) {
        List<Dimension> shape = input.getType().getTensorType().getShape().getDimList();
        if (!isFloat(input.getType()) || shape.size() != 2) {
            throw new IllegalArgumentException("its input " + input.getName() + " is " + said(input.getType())
                    + ". It must be a table of floats, a row for each customer." + CONVERT);
        }
        if (shape.get(0).hasDimValue() && shape.get(0).getDimValue() > 0) {
            throw new IllegalArgumentException("its input " + input.getName() + " takes "
                    + shape.get(0).getDimValue()
                    + " customers at a time, neither more nor fewer. The number of rows must be open." + CONVERT);
        }
        return shape.get(1).hasDimValue() && shape.get(1).getDimValue() > 0
                ? shape.get(1).getDimValue()
                : UNKNOWN;
    }

    /** Either the probabilities alone, or a label and then the probabilities, as a table or as a map for each customer. */
    private static void requireProbabilities(List<ValueInfoProto> outputs) {
        ValueInfoProto last = outputs.isEmpty() ? ValueInfoProto.getDefaultInstance() : outputs.get(outputs.size() - 1);
        boolean isTable = isTableOfTwo(last.getType());
        boolean isAccepted = outputs.size() == 1 ? isTable : outputs.size() == 2 && (isTable || isMaps(last.getType()));
        if (!isAccepted) {
            throw new IllegalArgumentException("its outputs are "
                    + outputs.stream()
                            .map(output -> output.getName() + ", " + said(output.getType()))
                            .collect(Collectors.joining("; ", "[", "]"))
                    + ". The last one of at most two must be a table of floats, with the probabilities of staying and of churn"
                    + " for each customer. With skl2onnx: options={id(classifier): {\"zipmap\": False}} for a classifier of two"
                    + " classes");
        }
    }

    private static boolean isTableOfTwo(TypeProto type) {
        if (!isFloat(type)) {
            return false;
        }
        List<Dimension> shape = type.getTensorType().getShape().getDimList();
        // Some converters leave the shape of an output open; what comes out is looked at then.
        return !type.getTensorType().hasShape()
                || (shape.size() == 2
                        && (!shape.get(1).hasDimValue() || shape.get(1).getDimValue() == LABELS));
    }

    private static boolean isMaps(TypeProto type) {
        TypeProto.Map map = type.getSequenceType().getElemType().getMapType();
        return map.getKeyType() == TensorProto.DataType.INT64_VALUE && isFloat(map.getValueType());
    }

    private static boolean isFloat(TypeProto type) {
        return type.hasTensorType() && type.getTensorType().getElemType() == TensorProto.DataType.FLOAT_VALUE;
    }

    private static String said(TypeProto type) {
        if (!type.hasTensorType()) {
            return type.hasSequenceType() ? "a sequence" : "no table of numbers";
        }
        TensorProto.DataType element =
                TensorProto.DataType.forNumber(type.getTensorType().getElemType());
        return element
                + type.getTensorType().getShape().getDimList().stream()
                        .map(size -> size.hasDimValue() ? Long.toString(size.getDimValue()) : "any")
                        .collect(Collectors.joining(", ", " [", "]"));
    }

    /**
     * Refuses a model that takes another number of columns.
     *
     * @param given how many features there are for it
     */
    public void requireColumns(int given) {
        if (columns != UNKNOWN && columns != given) {
            throw new IllegalArgumentException("it takes " + columns + " numbers for each customer, and there are "
                    + given + " features. ./churn models features prints them; --features FILE gives it others");
        }
    }

    private static boolean isElsewhere(TensorProto tensor) {
        return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL || tensor.getExternalDataCount() > 0;
    }

    private static Stream<TensorProto> tensors(ModelProto model) {
        return Stream.concat(
                tensors(model.getGraph()),
                model.getFunctionsList().stream()
                        .flatMap(function -> function.getNodeList().stream())
                        .flatMap(OnnxGraph::tensors));
    }

    private static Stream<TensorProto> tensors(GraphProto graph) {
        return Stream.of(
                        graph.getInitializerList().stream(),
                        graph.getSparseInitializerList().stream().flatMap(OnnxGraph::tensors),
                        graph.getNodeList().stream().flatMap(OnnxGraph::tensors))
                .flatMap(found -> found);
    }

    private static Stream<TensorProto> tensors(SparseTensorProto sparse) {
        return Stream.of(sparse.getValues(), sparse.getIndices());
    }

    private static Stream<TensorProto> tensors(NodeProto node) {
        return node.getAttributeList().stream().flatMap(OnnxGraph::tensors);
    }

    private static Stream<TensorProto> tensors(AttributeProto attribute) {
        return Stream.of(
                        Stream.of(attribute.getT()),
                        attribute.getTensorsList().stream(),
                        tensors(attribute.getSparseTensor()),
                        attribute.getSparseTensorsList().stream().flatMap(OnnxGraph::tensors),
                        Stream.of(attribute.getG())
                                .filter(graph -> attribute.hasG())
                                .flatMap(OnnxGraph::tensors),
                        attribute.getGraphsList().stream().flatMap(OnnxGraph::tensors))
                .flatMap(found -> found);
    }
}
