package io.github.telcochurn.routes.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.batch.report.RunNotice;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.CsvWriter;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Makes the bodies that routes are given, from YAML. */
public final class TestBodies {
    private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules();
    private static final String RUN = """
            {"run_id": "20261125_100000", "trigger": "SCHEDULE", "status": "SUCCEEDED", "input": "/data/customers.csv",
             "started_at": "2026-11-25T10:00:00Z", "ended_at": "2026-11-25T10:00:08Z", "success_threshold": 95.0,
             "steps": [], "warnings": [], "notified": []}
            """;

    private static final String EVENT_TS = "2026-11-25T10:00:00.000Z";

    private final ChurnConfig config;
    private final Path home;

    /**
     * Bodies of a case.
     *
     * @param home for files
     */
    TestBodies(ChurnConfig config, Path home) {
        this.config = config;
        this.home = home;
    }

    Object of(RouteTestCase.Input input) {
        if (input.customer() != null) {
            return customer(input.customer());
        }
        if (input.records() != null) {
            return poll(input.records());
        }
        if (input.notice() != null) {
            return notice(input.notice());
        }
        if (input.file() != null) {
            return file(input.file());
        }
        return value(input.body());
    }

    /** What a replaced step answers; null for what it was given. */
    static Object of(RouteTestCase.Replacement replacement) {
        return replacement.notice() == null ? value(replacement.body()) : notice(replacement.notice());
    }

    /** A YAML value; one with the keys type and value becomes an object of that Java class. */
    static Object value(JsonNode yaml) {
        if (yaml == null) {
            return null;
        }
        if (yaml.size() == 2 && yaml.has("type") && yaml.has("value")) {
            String type = yaml.get("type").asText();
            try {
                return JSON.convertValue(yaml.get("value"), Class.forName(type));
            } catch (ClassNotFoundException | IllegalArgumentException e) {
                throw new ChurnFailure(
                        "The value cannot be converted to " + type + ": " + ChurnFailure.rootMessage(e), e);
            }
        }
        return JSON.convertValue(yaml, Object.class);
    }

    private ConsumerRecords<byte[], byte[]> poll(List<RouteTestCase.InputRecord> records) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> byPartition = new LinkedHashMap<>();
        long next = 0;
        for (RouteTestCase.InputRecord record : records) {
            String topic = record.topic() == null ? config.topics().raw() : record.topic();
            byte[] value = record.customer() == null ? bytes(record.value()) : rawMessage(record.customer());
            byte[] key = record.key() == null ? null : record.key().getBytes(UTF_8);
            RecordHeaders headers = new RecordHeaders();
            record.headers().forEach((name, text) -> headers.add(name, text.getBytes(UTF_8)));
            byPartition
                    .computeIfAbsent(new TopicPartition(topic, record.partition()), partition -> new ArrayList<>())
                    .add(new ConsumerRecord<>(
                            topic,
                            record.partition(),
                            record.offset() == 0 ? next : record.offset(),
                            0,
                            TimestampType.CREATE_TIME,
                            key == null ? -1 : key.length,
                            value == null ? -1 : value.length,
                            key,
                            value,
                            headers,
                            Optional.empty()));
            next++;
        }
        return new ConsumerRecords<>(byPartition, Map.of());
    }

    private byte[] rawMessage(int number) {
        return new CustomerJson(config.schema()).write(config.schema().example(number), EVENT_TS);
    }

    private Object customer(int number) {
        try {
            return JSON.readValue(rawMessage(number), Object.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        return (value.isTextual() ? value.asText() : value.toString()).getBytes(UTF_8);
    }

    /**
     * The notice of a run that succeeded, except for the given fields.
     *
     * @param given fields of {@code run-notice.schema.json}
     */
    public static RunNotice notice(JsonNode given) {
        try {
            ObjectNode run = (ObjectNode) JSON.readTree(RUN);
            run.setAll((ObjectNode) given);
            Path report = path(run.remove("report"));
            Path html = path(run.remove("html"));
            return new RunNotice(JSON.treeToValue(run, RunState.class), report, html);
        } catch (JsonProcessingException e) {
            throw new ChurnFailure("The notice of the input is not valid: " + e.getOriginalMessage(), e);
        }
    }

    private static Path path(JsonNode text) {
        return text == null ? null : Path.of(text.asText());
    }

    private Object file(RouteTestCase.InputFile file) {
        try {
            byte[] content =
                    file.text() == null ? csv(file.customers()) : file.text().getBytes(UTF_8);
            return Files.write(home.resolve(file.name()), content).toFile();
        } catch (IOException e) {
            throw new UncheckedIOException("The file of the input cannot be written", e);
        }
    }

    private byte[] csv(int customers) {
        List<Customer> madeUp =
                IntStream.range(0, customers).mapToObj(config.schema()::example).toList();
        return new CsvWriter(config.schema()).write(madeUp);
    }
}
