package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.CommittedReader;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.Drift;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * The figures of a run, each of them computed from what is on the topics. Their JSON is one flat object.
 *
 * @param change since the run before; null where there was none, or it was of other customers
 * @param trend of the risk over the runs, the oldest first and this one last; empty before it was looked at
 * @param throughput null without predictions
 * @param predictions all of them, highest risk first
 * @param callList whom of the customers to call
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunFigures(
        Books books,
        @JsonUnwrapped ModelFigures model,
        @JsonUnwrapped CustomerFigures customers,
        RiskChange change,
        List<TrendPoint> trend,
        Throughput throughput,
        @JsonUnwrapped DeadLetterFigures deadLetters,
        @JsonIgnore List<ScoredCustomer> predictions,
        @JsonIgnore CallList callList) {

    /**
     * The same beside what earlier runs found.
     *
     * @param earlier the run before; null where there was none
     * @param runs the oldest first, this one last
     */
    public RunFigures comparedWith(RiskChange.Earlier earlier, List<TrendPoint> runs) {
        Set<String> listed =
                customers.topCustomers().stream().map(TopCustomer::id).collect(Collectors.toSet());
        RiskChange found =
                earlier == null ? null : RiskChange.since(earlier, customers.all(), customers.columns(), listed);
        return new RunFigures(
                books, model, customers, found, List.copyOf(runs), throughput, deadLetters, predictions, callList);
    }

    /** The customers at high risk who have not left already, highest risk first. */
    public List<ScoredCustomer> highRisk() {
        return customers.all().stream().filter(RiskChange::isHigh).toList();
    }

    /** Percent of the rows read that ended as predictions. */
    @JsonProperty("success_rate")
    public double successRate() {
        return books.successRate();
    }

    /**
     * What a run has ingested.
     *
     * @param runId that its messages carry
     * @param inputSha256 of the file, lower-case hex
     * @param rowsRead of the file
     */
    public record Ingested(String runId, String inputSha256, long rowsRead) {}

    /**
     * Reads back what the topics hold for a run.
     *
     * @param from the offsets of a topic before which there is no record of the run
     * @param model of the models' folder
     */
    public static RunFigures read(
            ChurnConfig config,
            KafkaTopics topics,
            Ingested run,
            Function<String, Map<TopicPartition, Long>> from,
            ChurnModel model) {
        Drift drift = new Drift(config.schema(), model.card().baseline());
        ReportedColumns columns = ReportedColumns.of(config.schema(), model.card());
        CommittedReader log = new CommittedReader(config.kafka().bootstrapServers());
        RunReader reader = new RunReader(topics, log, run.runId(), from);
        RunRecords records = RunRecords.read(config, columns, reader, drift::add);
        List<ScoredCustomer> predictions = records.predictions();
        predictions.forEach(prediction -> drift.addScore(prediction.probability()));
        List<ScoredCustomer> customers = ScoredCustomer.newestOfEach(predictions);
        CallList calls = CallList.of(customers, columns, config.value());
        ModelFigures models =
                ModelFigures.of(predictions, customers, DriftFigures.of(drift), model.card(), run.inputSha256());
        if (models.modelVersions().areOnly(model.version())) {
            calls = calls.withReasons(CallReasons.read(reader, config.topics().raw(), model, calls.rows()));
        }
        DeadLetterTally letters = records.deadLetters();
        return new RunFigures(
                new Books(
                        run.rowsRead(), letters.rows(), records.rawMessages(), predictions.size(), letters.messages()),
                models,
                CustomerFigures.of(customers, columns, calls),
                null,
                List.of(),
                Throughput.of(predictions),
                new DeadLetterFigures(letters.byReason(), letters.first()),
                predictions,
                calls);
    }
}
