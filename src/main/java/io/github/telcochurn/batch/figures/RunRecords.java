package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerJson;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.kafka.RunHeaders;
import io.github.telcochurn.scoring.RiskTier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is on the topics for one run: read back, not remembered. */
final class RunRecords {
    private static final ObjectReader PREDICTIONS = new ObjectMapper().readerFor(Prediction.class);
    private static final Map<String, RiskTier> TIERS =
            Stream.of(RiskTier.values()).collect(Collectors.toMap(RiskTier::label, tier -> tier));
    /** Most reasons repeat; a pool that grew beyond this would not be worth its memory. */
    private static final int MAX_SHARED = 10_000;

    private final CustomerJson json;
    private final CustomerValidator lenient;
    private final ReportedColumns columns;
    private final String idName;
    private final Map<Object, Object> shared = new HashMap<>();
    private final RawProfiles raw;
    private final List<ScoredCustomer> predictions = new ArrayList<>();
    private final DeadLetterTally deadLetters = new DeadLetterTally();

    /**
     * A message on the predictions topic.
     *
     * @param others the customer's id, whose name the schema defines, and any other fields
     */
    private record Prediction(
            @JsonProperty("churn_probability") double churnProbability,
            String prediction,
            @JsonProperty("confidence_score") double confidenceScore,
            @JsonProperty("risk_tier") String riskTier,
            @JsonProperty("event_ts") String eventTs,
            @JsonProperty("processed_ts") String processedTs,
            @JsonProperty("model_version") String modelVersion,
            List<Reason> reasons,
            @JsonAnySetter Map<String, Object> others) {

        /** One of the strongest contributions. */
        @JsonIgnoreProperties(ignoreUnknown = true)
        private record Reason(String reason) {}
    }

    private RunRecords(String rawTopic, ReportedColumns columns) {
        CustomerSchema schema = columns.schema();
        this.json = new CustomerJson(schema);
        this.lenient = new CustomerValidator(schema, CustomerValidator.Mode.LENIENT);
        this.columns = columns;
        this.idName = schema.idName();
        this.raw = new RawProfiles(rawTopic);
    }

    /**
     * Reads the topics from there to their current end.
     *
     * @param reader of the run's records
     * @param eachCustomer is given the customer of each raw message that holds one
     */
    static RunRecords read(
            ChurnConfig config, ReportedColumns columns, RunReader reader, Consumer<Customer> eachCustomer) {
        RunRecords found = new RunRecords(config.topics().raw(), columns);
        // Raw messages first: each prediction finds its own among them.
        reader.read(config.topics().raw(), record -> found.addRaw(record, eachCustomer));
        reader.read(config.topics().predictions(), found::addPrediction);
        reader.read(config.topics().deadletter(), found.deadLetters::add);
        found.predictions.sort(ScoredCustomer.HIGHEST_RISK_FIRST);
        return found;
    }

    private void addRaw(ConsumerRecord<byte[], byte[]> record, Consumer<Customer> eachCustomer) {
        Profile profile = Profile.UNKNOWN;
        try {
            // Validated in order to parse it: the topic has JSON, and drift and profile need the typed values.
            Customer.Validated read = lenient.validate(json.read(record.value()));
            if (read.isValid()) {
                eachCustomer.accept(read.customer());
                profile = columns.profile(read.customer());
            }
        } catch (CustomerJson.MalformedMessage e) {
            // It became a dead letter, which says why; here it only counts as a raw message of the run.
        }
        raw.add(record.partition(), record.offset(), profile);
    }

    private void addPrediction(ConsumerRecord<byte[], byte[]> record) {
        try {
            Prediction prediction = PREDICTIONS.readValue(record.value());
            predictions.add(new ScoredCustomer(
                    (String) prediction.others().get(idName),
                    prediction.churnProbability(),
                    prediction.confidenceScore(),
                    prediction.prediction().equals("Yes"),
                    TIERS.get(prediction.riskTier()),
                    Instant.parse(prediction.eventTs()).toEpochMilli(),
                    Instant.parse(prediction.processedTs()).toEpochMilli(),
                    share(prediction.modelVersion()),
                    RunHeaders.row(record.headers()),
                    reasons(prediction.reasons()),
                    raw.at(RunHeaders.text(record.headers(), RunHeaders.ORIGIN))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> reasons(List<Prediction.Reason> reasons) {
        return reasons == null
                ? List.of()
                : share(reasons.stream().map(reason -> share(reason.reason())).toList());
    }

    /** The same object for equal values, since one per customer would fill the memory. */
    @SuppressWarnings("unchecked")
    private <T> T share(T value) {
        Object known = shared.get(value);
        if (known == null && shared.size() < MAX_SHARED) {
            shared.put(value, value);
        }
        return known == null ? value : (T) known;
    }

    long rawMessages() {
        return raw.size();
    }

    /** Highest risk first; a customer with several rows has several. */
    List<ScoredCustomer> predictions() {
        return predictions;
    }

    DeadLetterTally deadLetters() {
        return deadLetters;
    }
}
