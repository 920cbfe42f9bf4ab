package io.github.telcochurn.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerFields;
import io.github.telcochurn.customer.CustomerJson;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.customer.Violation;
import io.github.telcochurn.deadletter.DeadLetters;
import io.github.telcochurn.deadletter.Fault;
import io.github.telcochurn.kafka.RecordBatch;
import io.github.telcochurn.kafka.RecordRefused;
import io.github.telcochurn.kafka.RunHeaders;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Turns a poll of raw messages into predictions and dead letters, one for each. A record that is wrong becomes a dead letter
 * and its neighbours are scored; a fault of the system is thrown, and the poll is taken back whole.
 */
public final class ChurnScorer {
    /** What lies outside of these has no ISO-8601 form of four digits, and perhaps no milliseconds in a long. */
    private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    private final ChurnModel model;
    private final Assessor assessor;
    private final CustomerValidator validator;
    private final ChurnConfig.Score settings;
    private final String predictionsTopic;
    private final DeadLetters deadLetters;
    private final InstantSource clock;
    private final CustomerJson json = new CustomerJson();

    public ChurnScorer(
            ChurnModel model,
            CustomerValidator validator,
            ChurnConfig.Score settings,
            String predictionsTopic,
            DeadLetters deadLetters,
            InstantSource clock) {
        this.model = model;
        this.assessor = new Assessor(model, settings);
        this.validator = validator;
        this.settings = settings;
        this.predictionsTopic = predictionsTopic;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    private record Scorable(
            ConsumerRecord<byte[], byte[]> raw, Customer customer, Instant eventTime, List<Violation> warnings) {}

    /**
     * Scores a poll.
     *
     * @return a prediction or a dead letter for each record of the poll
     * @throws ScoringFailed when the model fails for every record and for an ordinary customer, which is not the records' fault
     */
    public RecordBatch score(ConsumerRecords<byte[], byte[]> poll) {
        Instant now = clock.instant();
        Outputs outputs = new Outputs(now, poll.count());
        List<Scorable> scorable = new ArrayList<>(poll.count());
        for (ConsumerRecord<byte[], byte[]> raw : poll) {
            read(raw, scorable, outputs);
        }
        predict(scorable, outputs);
        return outputs.asBatch(scorable);
    }

    /** What became of each raw message, in the order of {@link #records}. */
    private final class Outputs {
        private final Instant now;
        private final List<ProducerRecord<byte[], byte[]>> records;
        private final List<ConsumerRecord<byte[], byte[]>> origins;

        private Outputs(Instant now, int size) {
            this.now = now;
            this.records = new ArrayList<>(size);
            this.origins = new ArrayList<>(size);
        }

        private void add(ConsumerRecord<byte[], byte[]> raw, ProducerRecord<byte[], byte[]> prediction) {
            records.add(prediction);
            origins.add(raw);
        }

        private void add(ConsumerRecord<byte[], byte[]> raw, Fault fault) {
            add(raw, deadLetters.of(raw, fault, now));
        }

        private RecordBatch asBatch(List<Scorable> scored) {
            long[] eventTimesMs = scored.stream()
                    .mapToLong(one -> one.eventTime().toEpochMilli())
                    .toArray();
            return new RecordBatch(records, eventTimesMs, this::replacement);
        }

        private Optional<ProducerRecord<byte[], byte[]>> replacement(
                int index, ProducerRecord<byte[], byte[]> refused, RecordRefused why) {
            return deadLetters.insteadOf(refused, why, reason -> {
                String message = "The prediction cannot be written: " + why.getMessage();
                Fault fault = new Fault(Fault.Stage.SCORE, reason, message, ChurnScorer.class, null);
                return deadLetters.of(origins.get(index), fault, now);
            });
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> raw, List<Scorable> scorable, Outputs outputs) {
        try {
            CustomerFields fields = json.read(raw.value());
            Customer.Validated validated = validator.validate(fields);
            if (validated.isValid()) {
                Instant eventTime = eventTime(fields.eventTs(), raw.timestamp());
                scorable.add(new Scorable(raw, validated.customer(), eventTime, validated.warnings()));
            } else {
                String message = Violation.inOneLine(validated.violations());
                Class<?> foundBy = CustomerValidator.class;
                Fault fault = new Fault(Fault.Stage.VALIDATE, Fault.INVALID_VALUES, message, foundBy, null);
                outputs.add(raw, fault);
            }
        } catch (CustomerJson.MalformedMessage e) {
            Fault fault = new Fault(Fault.Stage.PARSE, Fault.MALFORMED_JSON, e.getMessage(), CustomerJson.class, e);
            outputs.add(raw, fault);
        }
    }

    /** The message's own time where it is one, else the record's. */
    private static Instant eventTime(String given, long recordTimestamp) {
        // Not a required field, so not worth losing a prediction.
        Instant own = Instant.ofEpochMilli(recordTimestamp);
        try {
            Instant time = given == null ? own : Instant.parse(given);
            return time.isBefore(YEAR_0) || !time.isBefore(YEAR_10000) ? own : time;
        } catch (DateTimeParseException e) {
            return own;
        }
    }

    private void predict(List<Scorable> scorable, Outputs outputs) {
        if (scorable.isEmpty()) {
            return;
        }
        List<Customer> customers = scorable.stream().map(Scorable::customer).toList();
        List<Assessor.Assessment> assessments;
        try {
            assessments = assessor.assess(customers);
        } catch (RuntimeException e) {
            predictOneByOne(scorable, e, outputs);
            return;
        }
        String processedTs = CustomerJson.timestamp(outputs.now);
        for (int i = 0; i < assessments.size(); i++) {
            Scorable one = scorable.get(i);
            outputs.add(one.raw(), prediction(one, assessments.get(i), processedTs));
        }
    }

    /** Sets aside those that the model cannot score, unless it can score no ordinary customer either: then the model is at fault. */
    private void predictOneByOne(List<Scorable> scorable, RuntimeException failure, Outputs outputs) {
        String processedTs = CustomerJson.timestamp(outputs.now);
        int failed = 0;
        for (Scorable one : scorable) {
            try {
                Assessor.Assessment assessment =
                        assessor.assess(List.of(one.customer())).get(0);
                outputs.add(one.raw(), prediction(one, assessment, processedTs));
            } catch (RuntimeException e) {
                failed++;
                outputs.add(
                        one.raw(), new Fault(Fault.Stage.SCORE, Fault.NOT_SCORED, e.toString(), ChurnModel.class, e));
            }
        }
        if (failed == scorable.size() && !scoresAnOrdinaryCustomer()) {
            throw new ScoringFailed(
                    "The model " + model.version() + " fails for every record of a poll of " + failed
                            + ", and for a customer without any fault as well",
                    failure);
        }
    }

    private boolean scoresAnOrdinaryCustomer() {
        try {
            return assessor.assess(List.of(Customer.example(1))).size() == 1;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private ProducerRecord<byte[], byte[]> prediction(
            Scorable scored, Assessor.Assessment assessment, String processedTs) {
        ChurnPrediction prediction = new ChurnPrediction(
                scored.customer().customerId(),
                assessment.probability(),
                assessment.probability() >= settings.threshold(),
                assessment.tier(),
                CustomerJson.timestamp(scored.eventTime()),
                processedTs,
                model.version(),
                assessment.reasons(),
                scored.warnings());
        ConsumerRecord<byte[], byte[]> raw = scored.raw();
        byte[] key = prediction.customerId().getBytes(UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(predictionsTopic, key, prediction.toJson());
        copy(raw, RunHeaders.RUN_ID, record.headers());
        copy(raw, RunHeaders.SOURCE, record.headers());
        String origin = raw.topic() + "-" + raw.partition() + "-" + raw.offset();
        record.headers().add(RunHeaders.ORIGIN, origin.getBytes(UTF_8));
        return record;
    }

    private static void copy(ConsumerRecord<byte[], byte[]> from, String name, Headers to) {
        Header header = from.headers().lastHeader(name);
        if (header != null) {
            to.add(header);
        }
    }
}
