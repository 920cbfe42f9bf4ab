package io.github.telcochurn.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.ingest.CustomerSampler;
import io.github.telcochurn.kafka.CommittedReader;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.RunHeaders;
import io.github.telcochurn.pipeline.Drain;
import io.github.telcochurn.scoring.ModelFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.awaitility.core.ConditionTimeoutException;

/** Reads the topics from their beginning, when all is over, and says what is wrong with them. */
final class Inspection {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_EXAMPLES = 10;
    private static final String VALUE_BYTES = "churn-value-bytes";
    private static final String VALUE_SHA256 = "churn-value-sha256";

    private final ChurnConfig config;
    private final KafkaTopics topics;
    private final Admin admin;
    private final Ledger ledger;
    private final Set<String> poisonNames = Stream.of(Poison.corpus(), Poison.hostile())
            .flatMap(List::stream)
            .map(Poison::name)
            .collect(Collectors.toSet());
    private final Map<String, Double> probabilities = offlineScores();
    private final Map<Ledger.Origin, Fingerprint> poisoned = new HashMap<>();
    private final Set<String> sources = new HashSet<>();
    private final Map<String, Ledger.Origin> lastOfKey = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private long predictions;
    private long deadLetters;

    /** What identifies the bytes of a record; the bytes themselves would not fit into memory. */
    private record Fingerprint(String key, long bytes, String sha256, List<String> headers) {
        static Fingerprint of(ConsumerRecord<byte[], byte[]> record) {
            byte[] value = record.value();
            return new Fingerprint(
                    Inspection.key(record),
                    value == null ? -1 : value.length,
                    value == null ? "" : DigestUtils.sha256Hex(value),
                    ownHeaders(record));
        }

        /** What the original of a dead letter must be: a letter that would be too large has no value, but its size and hash. */
        static Fingerprint ofOriginal(ConsumerRecord<byte[], byte[]> letter) {
            String bytes = RunHeaders.text(letter.headers(), VALUE_BYTES);
            return letter.value() != null || bytes.isEmpty()
                    ? of(letter)
                    : new Fingerprint(
                            Inspection.key(letter),
                            Long.parseLong(bytes),
                            RunHeaders.text(letter.headers(), VALUE_SHA256),
                            ownHeaders(letter));
        }
    }

    Inspection(ChurnConfig config, KafkaTopics topics, Admin admin) {
        this.config = config;
        this.admin = admin;
        this.topics = topics;
        this.ledger = new Ledger(config.topics());
    }

    /** The shipped customers, scored in this process in one list. */
    private static Map<String, Double> offlineScores() {
        List<Customer> customers = CustomerSampler.customersOf(
                TestProject.SHIPPED_CSV, new CustomerValidator(TestProject.SCHEMA, CustomerValidator.Mode.STRICT));
        double[] scores = new ModelFolder(TestProject.ROOT.resolve("models"), TestProject.SCHEMA)
                .champion()
                .churnProbabilities(customers);
        return IntStream.range(0, scores.length)
                .boxed()
                .collect(Collectors.toMap(i -> customers.get(i).customerId(), i -> scores[i]));
    }

    /**
     * Inspects.
     *
     * @param fed how many messages the feed has sent
     * @param files that were ingested
     * @param live what a live reader has seen
     * @param timeout how long to wait for the last message to be scored, and for the last transaction to end
     */
    Verdict of(long fed, List<CsvFile> files, Ledger live, Duration timeout) {
        Drain drain = new Drain(topics, config.groupId(), timeout);
        awaitTrue(timeout, "the lag is 0", () -> drain.lag(config.topics().raw()) == 0);
        awaitTrue(timeout, "no transaction is open", () -> openTransactions().isEmpty());
        read(config.topics().raw(), this::raw);
        read(config.topics().predictions(), this::prediction);
        read(config.topics().deadletter(), this::deadLetter);
        checkSources(fed, files);
        checkNone("lost", ledger.missing());
        checkNone("duplicates", ledger.duplicates());
        checkNone("without a raw record", ledger.outputsWithoutRaw());
        checkNone("duplicates for a live reader", live.duplicates());
        awaitTrue(timeout, "the live reader has seen what is on the topics", () -> live.agreesWith(ledger));
        return new Verdict(
                ledger.rawRecords(),
                predictions,
                deadLetters,
                ledger.missing(),
                Math.max(ledger.duplicates(), live.duplicates()),
                List.copyOf(problems));
    }

    private Collection<TransactionListing> openTransactions() {
        try {
            return admin.listTransactions(new ListTransactionsOptions()
                            .filterStates(List.of(
                                    TransactionState.ONGOING,
                                    TransactionState.PREPARE_COMMIT,
                                    TransactionState.PREPARE_ABORT)))
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("The broker does not list transactions", e);
        }
    }

    private void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        new CommittedReader(config.kafka().bootstrapServers()).readAll(topics, topic, record -> {
            ledger.accept(record);
            each.accept(record);
        });
    }

    private void raw(ConsumerRecord<byte[], byte[]> record) {
        String source = RunHeaders.text(record.headers(), RunHeaders.SOURCE);
        if (!sources.add(source)) {
            problem("fed twice: " + source);
        }
        if (poisonNames.contains(key(record))) {
            poisoned.put(new Ledger.Origin(record.partition(), record.offset()), Fingerprint.of(record));
        }
    }

    private void checkSources(long fed, List<CsvFile> files) {
        long[] expected = new long[1];
        long[] missing = new long[1];
        Consumer<String> expect = source -> {
            expected[0]++;
            if (!sources.contains(source)) {
                missing[0]++;
            }
        };
        for (long number = 0; number < fed; number++) {
            expect.accept(Feed.SOURCE + number);
        }
        for (CsvFile file : files) {
            long[] rows = new long[1];
            file.forEachRow(config.validator(), (row, line) -> expect.accept(file.sha256() + ":" + ++rows[0]));
        }
        checkNone("that were sent are not on the raw topic", missing[0]);
        checkNone("on the raw topic were never sent", sources.size() - (expected[0] - missing[0]));
    }

    private void prediction(ConsumerRecord<byte[], byte[]> prediction) {
        predictions++;
        Ledger.Origin origin = Ledger.Origin.of(prediction);
        if (poisoned.containsKey(origin)) {
            problem("predicted although poison: " + key(prediction));
        }
        Double expected = probabilities.get(key(prediction));
        double published = published(prediction);
        if (expected == null || Double.compare(expected, published) != 0) {
            problem(key(prediction) + " must be " + expected + ", but is " + published);
        }
        Ledger.Origin last = lastOfKey.put(key(prediction), origin);
        if (last != null && last.partition() == origin.partition() && last.offset() > origin.offset()) {
            problem(key(prediction) + " out of order: " + origin + " after " + last);
        }
    }

    private static double published(ConsumerRecord<byte[], byte[]> prediction) {
        try {
            return JSON.readTree(prediction.value()).path("churn_probability").asDouble(Double.NaN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deadLetter(ConsumerRecord<byte[], byte[]> letter) {
        deadLetters++;
        Fingerprint original = poisoned.get(Ledger.Origin.of(letter));
        if (original == null) {
            problem("a dead letter of what is not poison: " + key(letter));
        } else if (!original.equals(Fingerprint.ofOriginal(letter))) {
            problem("not the original's bytes: " + key(letter));
        }
    }

    /** The headers that are not the dead letter's own, duplicates and order kept. */
    static List<String> ownHeaders(ConsumerRecord<byte[], byte[]> record) {
        return Stream.of(record.headers().toArray())
                .filter(header -> !header.key().startsWith("__connect.errors."))
                .filter(header -> !header.key().startsWith("churn-error-"))
                .filter(header -> !header.key().startsWith("churn-value-"))
                .filter(header -> !header.key().equals("churn-attempts"))
                .map(Inspection::text)
                .toList();
    }

    private static String text(Header header) {
        return header.key() + "=" + (header.value() == null ? "null" : Arrays.toString(header.value()));
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), UTF_8);
    }

    private void awaitTrue(Duration timeout, String what, BooleanSupplier holds) {
        try {
            await().atMost(timeout).ignoreExceptions().until(holds::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            problem("not true after " + timeout.toSeconds() + " s: " + what);
        }
    }

    private void checkNone(String what, long count) {
        if (count > 0) {
            problems.add(count + " " + what);
        }
    }

    private void problem(String text) {
        if (problems.size() < MAX_EXAMPLES) {
            problems.add(text);
        }
    }
}
