package io.github.telcochurn.batch;

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
 * @param highRisk customers in the tier High
 * @param revenueAtRisk the sum of their MonthlyCharges, in dollars a month, to the cent
 * @param tiers customers by the label of their tier, High first
 * @param probabilityHistogram ten bins
 * @param throughput null without predictions
 * @param topCustomers at most twenty, highest risk first
 * @param deadLettersByReason of rows and messages, most first
 * @param firstDeadLetters at most twenty
 * @param quality null without labels
 * @param customers all that have a prediction, highest risk first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunFigures(
        Books books,
        double successRate,
        long highRisk,
        double revenueAtRisk,
        Map<String, Long> tiers,
        List<Tenths> probabilityHistogram,
        List<Segment> churnByContract,
        List<Segment> churnByTenure,
        Throughput throughput,
        List<TopCustomer> topCustomers,
        Map<String, Long> deadLettersByReason,
        List<DeadLetterTally.Letter> firstDeadLetters,
        DriftFigures drift,
        ModelQuality quality,
        @JsonIgnore List<ScoredCustomer> customers) {

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
     * @param card of the model that scored it
     * @param from the offsets of a topic before which no record of the run stands
     * @param rowsRead of the file
     */
    public static RunFigures read(
            ChurnConfig config,
            KafkaTopics topics,
            ModelCard card,
            String runId,
            Function<String, Map<TopicPartition, Long>> from,
            long rowsRead) {
        Drift drift = new Drift(card.baseline());
        RunRecords records = RunRecords.read(config, topics, runId, from, drift::add);
        records.customers().forEach(customer -> drift.addScore(customer.probability()));
        return of(records, rowsRead, DriftFigures.of(drift));
    }

    private static RunFigures of(RunRecords records, long rowsRead, DriftFigures drift) {
        List<ScoredCustomer> customers = records.customers();
        DeadLetterTally letters = records.deadLetters();
        Books books = new Books(rowsRead, letters.rows(), records.rawMessages(), customers.size(), letters.messages());
        Map<String, Long> tiers = tiers(customers);
        return new RunFigures(
                books,
                books.successRate(),
                tiers.get(RiskTier.HIGH.label()),
                revenueAtRisk(customers),
                tiers,
                Tenths.histogram(customers),
                Segment.byContract(customers),
                Segment.byTenure(customers),
                Throughput.of(customers),
                customers.stream().limit(TOP_CUSTOMERS).map(TopCustomer::of).toList(),
                letters.byReason(),
                letters.first(),
                drift,
                ModelQuality.of(customers),
                customers);
    }

    private static Map<String, Long> tiers(List<ScoredCustomer> customers) {
        Map<String, Long> counts = new LinkedHashMap<>();
        Stream.of(RiskTier.HIGH, RiskTier.MEDIUM, RiskTier.LOW).forEach(tier -> counts.put(tier.label(), 0L));
        customers.forEach(customer -> counts.merge(customer.tier().label(), 1L, Long::sum));
        return counts;
    }

    private static double revenueAtRisk(List<ScoredCustomer> customers) {
        double sum = customers.stream()
                .filter(customer -> customer.tier() == RiskTier.HIGH)
                .mapToDouble(customer -> customer.profile().monthlyCharges())
                .filter(Double::isFinite)
                .sum();
        return BigDecimal.valueOf(sum).setScale(2, RoundingMode.HALF_UP).doubleValue();
    }
}
