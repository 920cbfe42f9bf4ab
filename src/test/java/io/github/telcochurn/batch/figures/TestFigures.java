package io.github.telcochurn.batch.figures;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerFields;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.scoring.Baseline;
import io.github.telcochurn.scoring.Distribution;
import io.github.telcochurn.scoring.Drift;
import io.github.telcochurn.scoring.Importance;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.PredictionQuality;
import io.github.telcochurn.scoring.RiskTier;
import io.github.telcochurn.scoring.Shadow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Figures of customers of any schema, without a broker and without a model. */
public final class TestFigures {
    /** What calls cost and bring in these tests. */
    public static final ChurnConfig.Value VALUE = new ChurnConfig.Value(50, 0.3, 12, 10);

    private static final String VERSION = "test-1";

    private TestFigures() {}

    /**
     * The card of a model that was trained on numbers whose deciles are 10, 20, …, 90.
     *
     * @param strongestFirst the columns that contribute
     */
    public static ModelCard card(CustomerSchema schema, String... strongestFirst) {
        List<Double> tenths =
                DoubleStream.iterate(10, edge -> edge + 10).limit(9).boxed().toList();
        return card(schema, tenths, strongestFirst);
    }

    /** The same with other edges of the numbers' bins. */
    static ModelCard card(CustomerSchema schema, List<Double> edges, String... strongestFirst) {
        List<Distribution> columns = schema.fields().stream()
                .map(field -> field.isNumber()
                        ? new Distribution(field.name(), null, edges, evenly(edges.size() + 2))
                        : new Distribution(
                                field.name(),
                                field.values(),
                                null,
                                evenly(field.values().size() + 1)))
                .toList();
        List<Double> tenths =
                IntStream.range(1, 10).mapToObj(tenth -> tenth / 10.0).toList();
        List<Importance> importance = new ArrayList<>();
        for (String column : strongestFirst) {
            importance.add(new Importance(column, 1.0 / (1 + importance.size())));
        }
        return new ModelCard(
                VERSION,
                "test.bin",
                "0".repeat(64),
                "2026-01-02T03:04:05Z",
                ModelCard.Schema.of(schema),
                new ModelCard.Data("training.csv", "1".repeat(64), 1000, 300),
                new ModelCard.Trainer("test", Map.of()),
                null,
                new ModelCard.CrossValidation(
                        5, 4, 1, new PredictionQuality(0.8, 0.8, 0.7, 0.6, 0.65, 0.13, 0.4, 0.01), null),
                List.of(),
                null,
                List.of(),
                importance,
                new Baseline(columns, new Distribution("score", null, tenths, evenly(11)), Map.of()),
                null,
                null);
    }

    private static List<Double> evenly(int bins) {
        return Collections.nCopies(bins, 1.0 / bins);
    }

    /**
     * Customers who go through the values of all columns; every fifth of them has left.
     *
     * @param id of each, from 0
     */
    public static List<Customer> customers(CustomerSchema schema, int count, IntFunction<String> id) {
        CustomerValidator validator = new CustomerValidator(schema, CustomerValidator.Mode.STRICT);
        return IntStream.range(0, count)
                .mapToObj(number -> validator
                        .validate(fields(schema, number, id.apply(number)))
                        .customer())
                .toList();
    }

    private static CustomerFields fields(CustomerSchema schema, int number, String id) {
        CustomerFields fields = new CustomerFields(schema);
        fields.setCustomerId(id);
        for (Field field : schema.fields()) {
            if (field.isCategory()) {
                fields.set(
                        field,
                        field.categories().get(number % field.categories().size()));
            } else {
                fields.set(field, field.isNumber() ? number % 100 : number % 2);
            }
        }
        if (schema.label() != null) {
            fields.setLabel(
                    number % 5 == 4 ? schema.label().churned() : schema.label().stayed());
        }
        return fields;
    }

    /**
     * What a run counts when each of these customers gets a prediction, the first one the highest risk.
     *
     * @param reason that each prediction gives
     */
    public static RunFigures of(CustomerSchema schema, ModelCard card, List<Customer> customers, String reason) {
        ReportedColumns columns = ReportedColumns.of(schema, card);
        Drift drift = new Drift(schema, card.baseline());
        List<ScoredCustomer> scored = new ArrayList<>();
        for (Customer customer : customers) {
            double probability = 1 - (scored.size() + 0.5) / customers.size();
            drift.add(customer);
            drift.addScore(probability);
            scored.add(new ScoredCustomer(
                    customer.customerId(),
                    probability,
                    Math.max(probability, 1 - probability),
                    probability >= 0.5,
                    tier(probability),
                    scored.size(),
                    1000L + scored.size(),
                    VERSION,
                    1 + scored.size(),
                    List.of(reason),
                    columns.profile(customer)));
        }
        CallList calls = CallList.of(scored, columns, VALUE);
        return new RunFigures(
                new Books(scored.size(), 0, scored.size(), scored.size(), 0),
                ModelFigures.of(scored, scored, DriftFigures.of(drift), card, "2".repeat(64), null, Shadow.none()),
                CustomerFigures.of(scored, columns, calls),
                null,
                List.of(),
                Throughput.of(scored),
                new DeadLetterFigures(Map.of(), List.of()),
                scored,
                calls);
    }

    /** What a run counts that read nothing. */
    public static RunFigures nobody(CustomerSchema schema, ModelCard card) {
        ReportedColumns columns = ReportedColumns.of(schema, card);
        CallList calls = CallList.of(List.of(), columns, VALUE);
        return new RunFigures(
                new Books(0, 0, 0, 0, 0),
                new ModelFigures(new ScoringModels(Map.of()), null, null, null, null, List.of()),
                CustomerFigures.of(List.of(), columns, calls),
                null,
                List.of(),
                null,
                new DeadLetterFigures(Map.of(), List.of()),
                List.of(),
                calls);
    }

    private static RiskTier tier(double probability) {
        return Stream.of(RiskTier.values())
                .skip(probability >= 0.6 ? 2 : probability >= 0.3 ? 1 : 0)
                .findFirst()
                .orElseThrow();
    }
}
