package io.github.telcochurn.batch.figures;

import io.github.telcochurn.customer.Field;
import io.github.telcochurn.customer.ReportColumns.Breakdown;
import java.util.List;

/**
 * Churn by the values of one column.
 *
 * @param title what people call the column
 * @param unit of its numbers; empty for none
 * @param segments those that have customers, in the order of the values
 */
public record BreakdownFigures(String column, String title, String unit, List<Segment> segments) {
    static BreakdownFigures of(List<ScoredCustomer> customers, Breakdown breakdown, ReportedColumns columns) {
        Field column = breakdown.column();
        return new BreakdownFigures(
                column.name(), column.title(), column.unit(), Segment.of(customers, breakdown, columns));
    }
}
