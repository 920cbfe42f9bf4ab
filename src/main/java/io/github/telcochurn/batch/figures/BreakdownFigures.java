package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.customer.ReportColumns.Breakdown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Churn by the values of one column.
 *
 * @param title what people call the column
 * @param unit of its numbers; empty for none
 * @param segments those that have customers, in the order of the values; customers without a value come last
 * @param charted the same when a chart has room for all; otherwise the largest, and last all others as one, named {@code rest}
 */
public record BreakdownFigures(
        String column,
        String title,
        String unit,
        List<Segment> segments,
        @JsonIgnore List<Segment> charted) {
    /** More bars would have no room for their names. */
    private static final int MAX_CHARTED = 10;

    private static final String UNKNOWN = "unknown";
    private static final String REST = "rest";

    private record Counted(String name, Segment.Sums sums) {
        Segment segment() {
            return sums.segment(name);
        }

        long customers() {
            return sums.customers();
        }
    }

    static BreakdownFigures of(List<ScoredCustomer> customers, Breakdown breakdown, ReportedColumns columns) {
        Field column = breakdown.column();
        List<Counted> counted = counted(customers, breakdown, columns);
        return new BreakdownFigures(
                column.name(), column.title(), column.unit(), segments(counted), segments(largest(counted)));
    }

    private static List<Counted> counted(List<ScoredCustomer> customers, Breakdown breakdown, ReportedColumns columns) {
        Bands bands = new Bands(breakdown);
        int unknown = bands.names().size();
        List<Segment.Sums> sums =
                Stream.generate(Segment.Sums::new).limit(unknown + 1L).toList();
        for (ScoredCustomer customer : customers) {
            double value = columns.value(customer.profile(), breakdown.column());
            sums.get(Double.isNaN(value) ? unknown : bands.bandOf(value)).add(customer);
        }
        return IntStream.rangeClosed(0, unknown)
                .filter(i -> sums.get(i).customers() > 0)
                .mapToObj(
                        i -> new Counted(i == unknown ? UNKNOWN : bands.names().get(i), sums.get(i)))
                .toList();
    }

    private static List<Counted> largest(List<Counted> counted) {
        if (counted.size() <= MAX_CHARTED) {
            return counted;
        }
        Set<Counted> largest = counted.stream()
                .sorted(Comparator.comparingLong(Counted::customers).reversed())
                .limit(MAX_CHARTED - 1L)
                .collect(Collectors.toSet());
        List<Counted> charted = new ArrayList<>();
        Segment.Sums rest = new Segment.Sums();
        for (Counted each : counted) {
            if (largest.contains(each)) {
                charted.add(each);
            } else {
                rest.add(each.sums());
            }
        }
        charted.add(new Counted(REST, rest));
        return charted;
    }

    private static List<Segment> segments(List<Counted> counted) {
        return counted.stream().map(Counted::segment).toList();
    }
}
