package io.github.telcochurn.batch.figures;

import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.customer.ReportColumns;
import io.github.telcochurn.customer.ReportColumns.Breakdown;
import io.github.telcochurn.scoring.Distribution;
import io.github.telcochurn.scoring.Importance;
import io.github.telcochurn.scoring.ModelCard;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The columns that the figures of a run are about: those of the schema's report section or, where it names none, those that
 * contribute most to the model among the ones that may be reasons. Only their values are kept for each customer.
 */
public final class ReportedColumns {
    private static final int SHOWN = 3;
    private static final int BREAKDOWNS = 2;
    private static final MathContext READABLE = new MathContext(2);

    private final CustomerSchema schema;
    private final ReportColumns columns;
    private final List<Field> kept;
    /** For each column of the schema, its index in a profile, or -1. */
    private final int[] places;

    private ReportedColumns(CustomerSchema schema, ReportColumns columns) {
        this.schema = schema;
        this.columns = columns;
        Set<Field> used = new LinkedHashSet<>(columns.shown());
        columns.breakdowns().forEach(breakdown -> used.add(breakdown.column()));
        if (columns.revenue() != null) {
            used.add(columns.revenue());
        }
        this.kept = List.copyOf(used);
        this.places = new int[schema.fields().size()];
        Arrays.fill(places, -1);
        for (int i = 0; i < kept.size(); i++) {
            places[kept.get(i).index()] = i;
        }
    }

    /**
     * The columns for a model.
     *
     * @param card of a model of that schema
     */
    public static ReportedColumns of(CustomerSchema schema, ModelCard card) {
        ReportColumns report = schema.report();
        List<Field> strongest = card.importance().stream()
                .map(Importance::column)
                .map(schema::field)
                .filter(Field::isReason)
                .toList();
        List<Field> shown =
                report.shown().isEmpty() ? strongest.stream().limit(SHOWN).toList() : report.shown();
        List<Breakdown> breakdowns = report.breakdowns().isEmpty()
                ? strongest.stream()
                        .flatMap(field -> breakdown(field, card).stream())
                        .limit(BREAKDOWNS)
                        .toList()
                : report.breakdowns();
        return new ReportedColumns(schema, new ReportColumns(report.revenue(), shown, breakdowns));
    }

    /**
     * For a number, bands that each held about a quarter of the training data, with bounds of two digits; empty if it was
     * always blank there.
     */
    private static Optional<Breakdown> breakdown(Field field, ModelCard card) {
        if (!field.isNumber()) {
            return Optional.of(new Breakdown(field, List.of()));
        }
        List<Double> edges = card.baseline().columns().stream()
                .filter(column -> column.name().equals(field.name()))
                .findFirst()
                .map(Distribution::edges)
                .orElse(List.of());
        SortedSet<Double> bounds = new TreeSet<>();
        for (int quarter = 1; quarter < 4 && !edges.isEmpty(); quarter++) {
            bounds.add(readable(edges.get(quarter * edges.size() / 4), field));
        }
        return bounds.isEmpty() ? Optional.empty() : Optional.of(new Breakdown(field, List.copyOf(bounds)));
    }

    private static double readable(double edge, Field field) {
        double rounded = new BigDecimal(edge).round(READABLE).doubleValue();
        return field.kind() == Field.Kind.INTEGER ? Math.rint(rounded) : rounded;
    }

    /** The schema of these columns. */
    public CustomerSchema schema() {
        return schema;
    }

    /** What a customer pays, or null where no column says so. */
    public Field revenue() {
        return columns.revenue();
    }

    /** The columns shown with each customer. */
    public List<Field> shown() {
        return columns.shown();
    }

    List<Breakdown> breakdowns() {
        return columns.breakdowns();
    }

    /** What the report needs of a customer, when nothing scores beside the champion. */
    Profile profile(Customer customer) {
        return profile(customer, Double.NaN);
    }

    /**
     * What the report needs of a customer.
     *
     * @param shadowProbability of churn by the shadow, 0 to 1; NaN without one
     */
    Profile profile(Customer customer, double shadowProbability) {
        double[] values = new double[kept.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = customer.number(kept.get(i));
        }
        return new Profile(values, customer.outcome(), shadowProbability);
    }

    /** A value as the raw message has it: text, a whole number or a decimal one; null where unknown. */
    public Object raw(Profile profile, Field column) {
        double value = value(profile, column);
        if (Double.isNaN(value)) {
            return null;
        }
        return switch (column.kind()) {
            case CATEGORY -> column.categories().get((int) value);
            case FLAG, INTEGER -> (long) value;
            case DECIMAL -> value;
        };
    }

    /** The value of one of these columns, as {@link Customer#number} has it; NaN where unknown. */
    public double value(Profile profile, Field column) {
        return profile.isKnown() ? profile.values()[places[column.index()]] : Double.NaN;
    }
}
