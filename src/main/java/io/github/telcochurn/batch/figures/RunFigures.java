package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.scoring.Drift;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.RiskTier;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * The figures of a run, each of them computed from what is on the topics.
 *
 * @param successRate percent of the rows read that ended as predictions
 * @param modelVersions that made the predictions
 * @param distinctCustomers with a prediction; one whose id is in several rows counts once, by its last row
 * @param alreadyLeft those of them whose label says so
 * @param highRisk customers in the tier High who have not left already
 * @param revenueAtRisk the sum of their MonthlyCharges, in dollars a month, to the cent
 * @param tiers all customers by the label of their tier, High first
 * @param probabilityHistogram ten bins
 * @param throughput null without predictions
 * @param topCustomers at most twenty who have not left already, highest risk first
 * @param deadLettersByReason of rows and messages, most first
 * @param firstDeadLetters at most twenty
 * @param drift null when another model scored than the one that is compared with
 * @param quality null without labels
 * @param warnings what is odd about the predictions, a sentence or two each
 * @param customers each that has a prediction once, highest risk first
 * @param predictions all of them, highest risk first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunFigures(
        Books books,
        double successRate,
        ScoringModels modelVersions,
        long distinctCustomers,
        long alreadyLeft,
        long highRisk,
        double revenueAtRisk,
        Map<String, Long> tiers,
        List<HistogramBin> probabilityHistogram,
        List<Segment> churnByContract,
        List<Segment> churnByTenure,
        Throughput throughput,
        List<TopCustomer> topCustomers,
        Map<String, Long> deadLettersByReason,
        List<DeadLetterTally.Letter> firstDeadLetters,
        DriftFigures drift,
        ModelQuality quality,
        @JsonIgnore List<String> warnings,
        @JsonIgnore List<ScoredCustomer> customers,
        @JsonIgnore List<ScoredCustomer> predictions) {

    private static final int TOP_CUSTOMERS = 20;

    /**
     * A customer to call.
     *
     * @param tenure months; null where unknown
     * @param monthlyCharges dollars; null where unknown
     * @param reasons in words, strongest first; empty where the prediction has none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TopCustomer(
            String customerId,
            double churnProbability,
            String riskTier,
            String contract,
            Long tenure,
            Double monthlyCharges,
            List<String> reasons) {

        static TopCustomer of(ScoredCustomer customer) {
            Profile profile = customer.profile();
            return new TopCustomer(
                    customer.customerId(),
                    customer.probability(),
                    customer.tier().label(),
                    profile.contract(),
                    profile.tenureMonths(),
                    profile.monthlyDollars(),
                    customer.reasons());
        }
    }

    /**
     * Reads back what the topics hold for a run.
     *
     * @param card of the model in the models' folder
     * @param inputSha256 of the file that was ingested, lower-case hex
     * @param from the offsets of a topic before which no record of the run stands
     * @param rowsRead of the file
     */
    public static RunFigures read(
            ChurnConfig config,
            KafkaTopics topics,
            ModelCard card,
            String runId,
            String inputSha256,
            Function<String, Map<TopicPartition, Long>> from,
            long rowsRead) {
        Drift drift = new Drift(card.baseline());
        RunRecords records = RunRecords.read(config, topics, runId, from, drift::add);
        records.predictions().forEach(prediction -> drift.addScore(prediction.probability()));
        return of(records, rowsRead, DriftFigures.of(drift), card, inputSha256);
    }

    private static RunFigures of(
            RunRecords records, long rowsRead, DriftFigures drift, ModelCard card, String inputSha256) {
        List<ScoredCustomer> predictions = records.predictions();
        List<ScoredCustomer> customers = ScoredCustomer.newestOfEach(predictions);
        List<ScoredCustomer> toKeep =
                customers.stream().filter(customer -> !customer.hasLeft()).toList();
        List<ScoredCustomer> atRisk = toKeep.stream()
                .filter(customer -> customer.tier() == RiskTier.HIGH)
                .toList();
        DeadLetterTally letters = records.deadLetters();
        Books books =
                new Books(rowsRead, letters.rows(), records.rawMessages(), predictions.size(), letters.messages());
        ScoringModels models = ScoringModels.of(predictions);
        // What the card says holds for no other model.
        boolean isCardOfScorer = models.areOnly(card.version());
        return new RunFigures(
                books,
                books.successRate(),
                models,
                customers.size(),
                customers.size() - toKeep.size(),
                atRisk.size(),
                monthlyDollars(atRisk),
                tiers(customers),
                HistogramBin.histogram(customers),
                Segment.byContract(customers),
                Segment.byTenure(customers),
                Throughput.of(predictions),
                toKeep.stream().limit(TOP_CUSTOMERS).map(TopCustomer::of).toList(),
                letters.byReason(),
                letters.first(),
                isCardOfScorer ? drift : null,
                ModelQuality.of(customers, isCardOfScorer ? card : null, inputSha256),
                models.warnings(card.version()),
                customers,
                predictions);
    }

    private static Map<String, Long> tiers(List<ScoredCustomer> customers) {
        Map<String, Long> counts = new LinkedHashMap<>();
        Stream.of(RiskTier.HIGH, RiskTier.MEDIUM, RiskTier.LOW).forEach(tier -> counts.put(tier.label(), 0L));
        customers.forEach(customer -> counts.merge(customer.tier().label(), 1L, Long::sum));
        return counts;
    }

    private static double monthlyDollars(List<ScoredCustomer> customers) {
        double sum = customers.stream()
                .mapToDouble(customer -> customer.profile().monthlyCharges())
                .filter(Double::isFinite)
                .sum();
        return BigDecimal.valueOf(sum).setScale(2, RoundingMode.HALF_UP).doubleValue();
    }
}
