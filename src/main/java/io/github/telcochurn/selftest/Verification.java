package io.github.telcochurn.selftest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerJson;
import io.github.telcochurn.kafka.CommittedReader;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.RunHeaders;
import io.github.telcochurn.prerequisites.CheckResult;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.PredictionSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Compares the topics after a run with what went in. */
final class Verification {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChurnConfig config;
    private final ChurnModel model;

    Verification(ChurnConfig config, ChurnModel model) {
        this.config = config;
        this.model = model;
    }

    /**
     * Reads the topics and checks them.
     *
     * @param expected how many predictions there must be
     * @param bad the values of the dead letters that there must be, and no others
     */
    List<CheckResult> of(long expected, List<byte[]> bad) {
        Map<String, ConsumerRecord<byte[], byte[]>> raw = new HashMap<>();
        read(config.topics().raw())
                .forEach(record -> raw.put(record.topic() + "-" + record.partition() + "-" + record.offset(), record));
        List<ConsumerRecord<byte[], byte[]>> predictions = read(config.topics().predictions());
        List<ConsumerRecord<byte[], byte[]>> letters = read(config.topics().deadletter());
        return List.of(
                count(expected, predictions, raw.keySet()),
                form(
                        "predictions' form",
                        "match the JSON Schema of predictions",
                        PredictionSchema.of(config.schema()),
                        predictions.stream().map(Verification::tree).toList()),
                probabilities(predictions, raw),
                deadLetters(bad, letters),
                form(
                        "dead letters' form",
                        "match dead-letter.schema.json",
                        resource("/schemas/dead-letter.schema.json"),
                        letters.stream().map(Verification::headers).toList()));
    }

    private static CheckResult count(
            long expected, List<ConsumerRecord<byte[], byte[]>> predictions, Set<String> rawOrigins) {
        Set<String> origins = predictions.stream().map(Verification::origin).collect(Collectors.toSet());
        boolean holds = predictions.size() == expected
                && origins.size() == predictions.size()
                && rawOrigins.containsAll(origins);
        String detail = String.format(
                Locale.ROOT, "%,d of %,d, from %,d raw messages", predictions.size(), expected, origins.size());
        return new CheckResult("predictions", holds, detail);
    }

    private static JsonNode resource(String name) {
        try (InputStream in = Verification.class.getResourceAsStream(name)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CheckResult form(String name, String good, JsonNode jsonSchema, List<JsonNode> messages) {
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(jsonSchema);
        Set<String> problems = messages.stream()
                .flatMap(message -> schema.validate(message).stream())
                .map(ValidationMessage::getMessage)
                .collect(Collectors.toSet());
        return new CheckResult(name, problems.isEmpty(), problems.isEmpty() ? good : String.join("; ", problems));
    }

    /** Scores the raw messages again, in one list, and compares the results to the last bit. */
    private CheckResult probabilities(
            List<ConsumerRecord<byte[], byte[]>> predictions, Map<String, ConsumerRecord<byte[], byte[]>> raw) {
        List<Customer> customers = new ArrayList<>();
        List<Double> published = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> prediction : predictions) {
            ConsumerRecord<byte[], byte[]> original = raw.get(origin(prediction));
            if (original != null) {
                customers.add(customer(original));
                published.add(tree(prediction).path("churn_probability").asDouble(Double.NaN));
            }
        }
        double[] own = model.churnProbabilities(customers);
        int differing = 0;
        for (int i = 0; i < own.length; i++) {
            if (Double.compare(own[i], published.get(i)) != 0) {
                differing++;
            }
        }
        String detail = String.format(
                Locale.ROOT,
                "%,d equal to those of %s, %,d not",
                own.length - differing,
                model.version(),
                predictions.size() - own.length + differing);
        return new CheckResult("probabilities", differing == 0 && own.length == predictions.size(), detail);
    }

    private Customer customer(ConsumerRecord<byte[], byte[]> raw) {
        try {
            return config.validator()
                    .validate(new CustomerJson(config.schema()).read(raw.value()))
                    .customer();
        } catch (CustomerJson.MalformedMessage e) {
            throw new IllegalStateException("There is a prediction of a message that cannot be read", e);
        }
    }

    private static CheckResult deadLetters(List<byte[]> bad, List<ConsumerRecord<byte[], byte[]>> letters) {
        Set<ByteBuffer> expected = bad.stream().map(ByteBuffer::wrap).collect(Collectors.toSet());
        Set<ByteBuffer> found =
                letters.stream().map(letter -> ByteBuffer.wrap(letter.value())).collect(Collectors.toSet());
        boolean holds = letters.size() == bad.size() && found.equals(expected);
        return new CheckResult(
                "dead letters",
                holds,
                String.format(
                        Locale.ROOT,
                        "%,d, of %,d that were planted%s",
                        letters.size(),
                        bad.size(),
                        holds ? ", byte for byte" : ""));
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            new CommittedReader(config.kafka().bootstrapServers()).readAll(topics, topic, records::add);
        }
        return records;
    }

    private static String origin(ConsumerRecord<byte[], byte[]> prediction) {
        return RunHeaders.text(prediction.headers(), RunHeaders.ORIGIN);
    }

    private static JsonNode tree(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode headers(ConsumerRecord<byte[], byte[]> record) {
        ObjectNode node = JSON.createObjectNode();
        record.headers().forEach(header -> node.put(header.key(), new String(header.value(), UTF_8)));
        return node;
    }
}
