package io.github.telcochurn.customer;

import java.util.List;

/**
 * Which columns a report speaks of.
 *
 * @param revenue what a customer pays; null where no column says so
 * @param shown beside each customer of the call list
 * @param breakdowns by which churn is broken down in charts
 */
public record ReportColumns(Field revenue, List<Field> shown, List<Breakdown> breakdowns) {
    /** For a schema without a report section. */
    public static final ReportColumns NONE = new ReportColumns(null, List.of(), List.of());

    /**
     * A column by whose values customers are grouped.
     *
     * @param bounds of bands of a number, rising: each the last number of its band; empty for categories and flags
     */
    public record Breakdown(Field column, List<Double> bounds) {}
}
