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

/** Compares actual with expected values: texts as patterns, maps by the keys that are given. */
final class Match {
    private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules();

    private Match() {}

    /** The value as JSON where that is possible, otherwise as text. */
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

    /** What a data format has written; the stream can be read again. */
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

    /** The first difference, in words; empty when there is none. */
    static Optional<String> difference(JsonNode expected, JsonNode actual) {
        return difference("", expected, actual);
    }

    private static Optional<String> difference(String path, JsonNode expected, JsonNode actual) {
        if (expected.isObject() && actual.isObject()) {
            return expected.properties().stream()
                    .flatMap(field ->
                            difference(path + "." + field.getKey(), field.getValue(), actual.path(field.getKey()))
                                    .stream())
                    .findFirst();
        }
        if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            return IntStream.range(0, expected.size())
                    .boxed()
                    .flatMap(i -> difference(path + "[" + i + "]", expected.get(i), actual.get(i)).stream())
                    .findFirst();
        }
        if (sameValue(expected, actual)) {
            return Optional.empty();
        }
        String where = path.isEmpty() ? "" : path.replaceFirst("^[.]", "") + ": ";
        return Optional.of(where + "expected " + shown(expected) + ", but it is " + shown(actual));
    }

    private static boolean sameValue(JsonNode expected, JsonNode actual) {
        if (expected.isTextual() || actual.isTextual()) {
            return actual.isValueNode() && !actual.isNull() && matches(expected.asText(), actual.asText());
        }
        if (expected.isNumber() && actual.isNumber()) {
            return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
        }
        return expected.isNull() ? actual.isNull() || actual.isMissingNode() : expected.equals(actual);
    }

    /** Whether a text matches a pattern, in which {@code *} stands for anything. */
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
