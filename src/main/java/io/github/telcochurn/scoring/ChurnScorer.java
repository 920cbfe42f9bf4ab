package io.github.telcochurn.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerFields;
import io.github.telcochurn.customer.CustomerJson;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.customer.Violation;
import io.github.telcochurn.deadletter.DeadLetterMaker;
import io.github.telcochurn.deadletter.Fault;
import io.github.telcochurn.kafka.OutgoingRecord;
import io.github.telcochurn.kafka.RunHeaders;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Turns a poll of raw messages into predictions and dead letters, one for each. A record that is wrong becomes a dead letter
 * and its neighbours are scored; a fault of the system is thrown, and the poll is taken back whole.
 */
public final class ChurnScorer {
    /** What lies outside of these has no ISO-8601 form of four digits, and perhaps no milliseconds in a long. */
    private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    private final ServingModel serving;
    /** With the model that served last. */
    private volatile Assessor assessor;

    private final PartitionWatch partitions = new PartitionWatch();
    private final CustomerValidator validator;
    private final ChurnConfig.Score settings;
    private final DeadLetterMaker deadLetters;
    private final InstantSource clock;
    private final CustomerJson json;

    /** Scores with one model for ever. */
    public ChurnScorer(
            ChurnModel model,
            CustomerValidator validator,
            ChurnConfig.Score settings,
            DeadLetterMaker deadLetters,
            InstantSource clock) {
        this(new ServingModel(model), validator, settings, deadLetters, clock);
    }

    /** Scores each poll with the model that serves when the poll begins. */
    public ChurnScorer(
            ServingModel serving,
            CustomerValidator validator,
            ChurnConfig.Score settings,
            DeadLetterMaker deadLetters,
            InstantSource clock) {
        this.serving = serving;
        this.assessor = new Assessor(serving.current(), settings);
        this.validator = validator;
        this.settings = settings;
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.json = new CustomerJson(serving.current().schema());
    }

    private record Scorable(
            int input,
            ConsumerRecord<byte[], byte[]> raw,
            Customer customer,
            Instant eventTime,
            List<Violation> warnings) {}

    /**
     * Scores a poll.
     *
     * @return a prediction or a dead letter for each record of the poll
     * @throws ScoringFailed when the model fails for every record and for an ordinary customer, which is not the records' fault
     */
    public ScoredPoll score(ConsumerRecords<byte[], byte[]> poll) {
        long beganNs = serving.shadow().now();
        ScoredPoll.Builder scored = new ScoredPoll.Builder(poll.count(), deadLetters, clock.instant());
        List<Scorable> scorable = new ArrayList<>(poll.count());
        int input = 0;
        for (ConsumerRecord<byte[], byte[]> raw : poll) {
            scored.addInput(raw);
            read(input++, raw, scorable, scored);
        }
        // Asked once: all of a poll is scored by one model.
        ChurnModel model = partitions.isHandedOver(poll) ? serving.refreshed() : serving.current();
        predict(scorable, assessorOf(model), scored, beganNs);
        return scored.build();
    }

    private void read(
            int input, ConsumerRecord<byte[], byte[]> raw, List<Scorable> scorable, ScoredPoll.Builder scored) {
        try {
            CustomerFields fields = json.read(raw.value());
            Customer.Validated validated = validator.validate(fields);
            if (validated.isValid()) {
                Instant eventTime = eventTime(fields.eventTs(), raw.timestamp());
                scorable.add(new Scorable(input, raw, validated.customer(), eventTime, validated.warnings()));
            } else {
                String message = Violation.inOneLine(validated.violations());
                Class<?> foundBy = CustomerValidator.class;
                Fault fault = new Fault(Fault.Stage.VALIDATE, Fault.INVALID_VALUES, message, foundBy, null);
                scored.addDeadLetter(input, fault);
            }
        } catch (CustomerJson.MalformedMessage e) {
            Fault fault = new Fault(Fault.Stage.PARSE, Fault.MALFORMED_JSON, e.getMessage(), CustomerJson.class, e);
            scored.addDeadLetter(input, fault);
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

    /** Made anew only where another model serves. */
    private Assessor assessorOf(ChurnModel model) {
        Assessor last = assessor;
        if (last.model() != model) {
            last = new Assessor(model, settings);
            assessor = last;
        }
        return last;
    }

    private void predict(List<Scorable> scorable, Assessor assessor, ScoredPoll.Builder scored, long beganNs) {
        if (scorable.isEmpty()) {
            return;
        }
        List<Customer> customers = scorable.stream().map(Scorable::customer).toList();
        List<Assessor.Assessment> assessments;
        try {
            assessments = assessor.assess(customers);
        } catch (RuntimeException e) {
            predictOneByOne(scorable, assessor, e, scored);
            return;
        }
        String processedTs = CustomerJson.timestamp(scored.now());
        for (int i = 0; i < assessments.size(); i++) {
            Scorable one = scorable.get(i);
            add(one, assessor.model(), assessments.get(i), processedTs, scored);
        }
        // After all else, so that nothing of the predictions can depend on it.
        serving.shadow().follow(assessor.model().version(), customers, assessments, beganNs);
    }

    /** Sets aside those that the model cannot score, unless it can score no ordinary customer either: then the model is at fault. */
    private void predictOneByOne(
            List<Scorable> scorable, Assessor assessor, RuntimeException failure, ScoredPoll.Builder scored) {
        ChurnModel model = assessor.model();
        String processedTs = CustomerJson.timestamp(scored.now());
        int failed = 0;
        for (Scorable one : scorable) {
            try {
                Assessor.Assessment assessment =
                        assessor.assess(List.of(one.customer())).get(0);
                add(one, model, assessment, processedTs, scored);
            } catch (RuntimeException e) {
                failed++;
                scored.addDeadLetter(
                        one.input(), new Fault(Fault.Stage.SCORE, Fault.NOT_SCORED, e.toString(), ChurnModel.class, e));
            }
        }
        if (failed == scorable.size() && !scoresAnOrdinaryCustomer(assessor)) {
            throw new ScoringFailed(
                    "The model " + model.version() + " fails for every record of a poll of " + failed
                            + ", and for a customer without any fault as well",
                    failure);
        }
    }

    private static boolean scoresAnOrdinaryCustomer(Assessor assessor) {
        try {
            return assessor.assess(List.of(assessor.model().schema().example(1)))
                            .size()
                    == 1;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void add(
            Scorable one,
            ChurnModel model,
            Assessor.Assessment assessment,
            String processedTs,
            ScoredPoll.Builder scored) {
        scored.addPrediction(
                one.input(), prediction(one, model, assessment, processedTs), assessment.tier(), one.eventTime());
    }

    private OutgoingRecord prediction(
            Scorable scorable, ChurnModel model, Assessor.Assessment assessment, String processedTs) {
        ChurnPrediction prediction = new ChurnPrediction(
                scorable.customer().customerId(),
                assessment.probability(),
                assessment.probability() >= settings.threshold(),
                assessment.tier(),
                CustomerJson.timestamp(scorable.eventTime()),
                processedTs,
                model.version(),
                assessment.reasons(),
                scorable.warnings());
        ConsumerRecord<byte[], byte[]> raw = scorable.raw();
        List<Header> headers = new ArrayList<>(3);
        copy(raw, RunHeaders.RUN_ID, headers);
        copy(raw, RunHeaders.SOURCE, headers);
        String origin = raw.topic() + "-" + raw.partition() + "-" + raw.offset();
        headers.add(new RecordHeader(RunHeaders.ORIGIN, origin.getBytes(UTF_8)));
        return new OutgoingRecord(
                prediction.customerId().getBytes(UTF_8),
                prediction.toJson(model.schema().idName()),
                headers);
    }

    private static void copy(ConsumerRecord<byte[], byte[]> from, String name, List<Header> to) {
        Header header = from.headers().lastHeader(name);
        if (header != null) {
            to.add(header);
        }
    }
}
