package io.github.telcochurn.routes.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.telcochurn.kafka.OutgoingRecord;
import io.github.telcochurn.kafka.RecordBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.camel.StreamCache;
import org.apache.kafka.common.header.Header;

/** Compares what came with what was expected: texts as patterns, maps by the keys that are given. */
final class Match {
    private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules();

    private Match() {}

    /** What came, as far as it can be written as JSON; else as text. */
    static JsonNode json(Object value) {
        if (value instanceof byte[] bytes) {
            return json(new String(bytes, UTF_8));
        }
        if (value instanceof StreamCache stream) {
            return json(bytes(stream));
        }
        if (value instanceof RecordBatch batch) {
            return JSON.valueToTree(records(batch, null));
        }
        if (value instanceof String text) {
            return parsed(text).orElse(TextNode.valueOf(text));
        }
        if (value instanceof Path || value instanceof Throwable) {
            return TextNode.valueOf(value.toString());
        }
        try {
            return JSON.valueToTree(value);
        } catch (IllegalArgumentException e) {
            return TextNode.valueOf(String.valueOf(value));
        }
    }

    /** What a data format has written; it can be read again. */
    private static byte[] bytes(StreamCache stream) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            stream.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        stream.reset();
        return bytes.toByteArray();
    }

    static List<JsonNode> records(RecordBatch batch, String topic) {
        List<JsonNode> records = new ArrayList<>();
        for (OutgoingRecord sent : batch.records()) {
            ObjectNode record = JSON.createObjectNode();
            record.put("topic", topic);
            record.set("key", sent.key() == null ? null : TextNode.valueOf(new String(sent.key(), UTF_8)));
            record.set("value", sent.value() == null ? null : json(sent.value()));
            record.set("headers", headers(sent.headers() == null ? List.of() : sent.headers()));
            records.add(record);
        }
        return records;
    }

    private static JsonNode headers(Iterable<Header> headers) {
        ObjectNode object = JSON.createObjectNode();
        headers.forEach(header -> object.put(header.key(), new String(header.value(), UTF_8)));
        return object;
    }

    private static Optional<JsonNode> parsed(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return json.isContainerNode() ? Optional.of(json) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Where what came is not what was expected, in words; empty when it is. */
    static Optional<String> difference(JsonNode expected, JsonNode came) {
        return difference("", expected, came);
    }

    private static Optional<String> difference(String path, JsonNode expected, JsonNode came) {
        if (expected.isObject() && came.isObject()) {
            return expected.properties().stream()
                    .flatMap(field ->
                            difference(path + "." + field.getKey(), field.getValue(), came.path(field.getKey()))
                                    .stream())
                    .findFirst();
        }
        if (expected.isArray() && came.isArray() && expected.size() == came.size()) {
            return IntStream.range(0, expected.size())
                    .boxed()
                    .flatMap(i -> difference(path + "[" + i + "]", expected.get(i), came.get(i)).stream())
                    .findFirst();
        }
        if (sameValue(expected, came)) {
            return Optional.empty();
        }
        String where = path.isEmpty() ? "" : path.replaceFirst("^[.]", "") + ": ";
        return Optional.of(where + "expected " + shown(expected) + ", but it is " + shown(came));
    }

    private static boolean sameValue(JsonNode expected, JsonNode came) {
        if (expected.isTextual() || came.isTextual()) {
            return came.isValueNode() && !came.isNull() && matches(expected.asText(), came.asText());
        }
        if (expected.isNumber() && came.isNumber()) {
            return expected.decimalValue().compareTo(came.decimalValue()) == 0;
        }
        return expected.isNull() ? came.isNull() || came.isMissingNode() : expected.equals(came);
    }

    /** Whether a text is as the pattern says, in which {@code *} is anything. */
    static boolean matches(String pattern, String text) {
        StringBuilder regex = new StringBuilder();
        for (String part : pattern.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(part.isEmpty() ? "(?:)" : Pattern.quote(part));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
    }

    static String shown(JsonNode value) {
        if (value.isMissingNode()) {
            return "missing";
        }
        String text = value.toString();
        return text.length() > 400 ? text.substring(0, 400) + "…" : text;
    }
}
