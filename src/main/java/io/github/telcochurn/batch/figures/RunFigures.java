package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.scoring.Drift;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.Shadow;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/**
 * The figures of a run, each of them computed from what is on the topics. Their JSON is one flat object.
 *
 * @param throughput null without predictions
 * @param predictions all of them, highest risk first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunFigures(
        Books books,
        @JsonUnwrapped ModelFigures model,
        @JsonUnwrapped CustomerFigures customers,
        Throughput throughput,
        @JsonUnwrapped DeadLetterFigures deadLetters,
        @JsonIgnore List<ScoredCustomer> predictions) {

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
     * @param card of the model in the models' folder
     */
    public static RunFigures read(
            ChurnConfig config,
            KafkaTopics topics,
            Ingested run,
            Function<String, Map<TopicPartition, Long>> from,
            ModelCard card) {
        Drift drift = new Drift(config.schema(), card.baseline());
        ReportedColumns columns = ReportedColumns.of(config.schema(), card);
        Shadow shadow = Shadow.of(config);
        RunRecords records = RunRecords.read(config, topics, columns, run.runId(), from, drift::add, shadow);
        List<ScoredCustomer> predictions = records.predictions();
        predictions.forEach(prediction -> drift.addScore(prediction.probability()));
        List<ScoredCustomer> customers = ScoredCustomer.newestOfEach(predictions);
        DeadLetterTally letters = records.deadLetters();
        return new RunFigures(
                new Books(
                        run.rowsRead(), letters.rows(), records.rawMessages(), predictions.size(), letters.messages()),
                ModelFigures.of(
                        predictions,
                        customers,
                        DriftFigures.of(drift),
                        card,
                        run.inputSha256(),
                        ShadowFigures.of(customers, shadow, config.score()),
                        shadow),
                CustomerFigures.of(customers, columns),
                Throughput.of(predictions),
                new DeadLetterFigures(letters.byReason(), letters.first()),
                predictions);
    }
}
