package io.github.telcochurn.batch.figures;

import io.github.telcochurn.customer.Field;
import io.github.telcochurn.customer.Numbers;
import io.github.telcochurn.customer.ReportColumns.Breakdown;
import java.util.List;
import java.util.stream.IntStream;

/** The groups into which a breakdown puts a column's values: its categories, or bands of its numbers. */
final class Bands {
    private final Field column;
    /** The last number of each band except the last. */
    private final double[] bounds;

    private final List<String> names;

    Bands(Breakdown breakdown) {
        column = breakdown.column();
        boolean isWhole = column.kind() == Field.Kind.INTEGER;
        bounds = breakdown.bounds().stream()
                .mapToDouble(bound -> isWhole ? Math.floor(bound) : bound)
                .toArray();
        names = column.isNumber() ? bandNames(isWhole) : valueNames();
    }

    private List<String> valueNames() {
        // Categories have names; a bare 0 or 1 would mean nothing.
        return column.isCategory()
                ? column.categories()
                : column.values().stream()
                        .map(value -> column.words().getOrDefault(value, value))
                        .toList();
    }

    private List<String> bandNames(boolean isWhole) {
        if (bounds.length == 0) {
            return List.of("all");
        }
        return IntStream.rangeClosed(0, bounds.length)
                .mapToObj(band -> isWhole ? wholeBand(band) : decimalBand(band))
                .toList();
    }

    /** A band of whole numbers has a first and a last one. */
    private String wholeBand(int band) {
        double first = band == 0 ? column.min() : bounds[band - 1] + 1;
        if (band == bounds.length) {
            return Numbers.plain(first) + "+";
        }
        String last = Numbers.plain(bounds[band]);
        if (first == bounds[band]) {
            return last;
        }
        return Double.isFinite(first) ? Numbers.plain(first) + "–" + last : "up to " + last;
    }

    /** A band of other numbers includes its end, but not its start. */
    private String decimalBand(int band) {
        if (band == 0) {
            return "up to " + Numbers.plain(bounds[0]);
        }
        String before = Numbers.plain(bounds[band - 1]);
        return band == bounds.length ? "over " + before : before + "–" + Numbers.plain(bounds[band]);
    }

    /** The names of the groups, in the order of the values. */
    List<String> names() {
        return names;
    }

    /** The group of a value: an index into {@link #names()}. */
    int bandOf(double value) {
        if (!column.isNumber()) {
            return (int) value;
        }
        int band = 0;
        while (band < bounds.length && value > bounds[band]) {
            band++;
        }
        return band;
    }
}
