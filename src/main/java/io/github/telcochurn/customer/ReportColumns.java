package io.github.telcochurn.customer;

import java.util.List;

/**
 * The columns that a report covers.
 *
 * @param revenue what a customer pays; null when no column has it
 * @param shown the columns beside each customer of the call list
 * @param breakdowns the columns by which charts break churn down
 */
public record ReportColumns(Field revenue, List<Field> shown, List<Breakdown> breakdowns) {
    /** For a schema without a report section. */
    public static final ReportColumns NONE = new ReportColumns(null, List.of(), List.of());

    /**
     * A column by whose values customers are grouped.
     *
     * @param bounds the upper bounds of a number's bands, ascending and inclusive; empty for categories and flags
     */
    public record Breakdown(Field column, List<Double> bounds) {}
}
