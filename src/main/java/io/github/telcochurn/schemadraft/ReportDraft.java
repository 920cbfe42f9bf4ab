package io.github.telcochurn.schemadraft;

import io.github.telcochurn.customer.Field;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which columns a report should speak of.
 *
 * @param revenue the name of the column with what a customer pays a month; null where no column surely is
 * @param shown names, the strongest first
 * @param segments a category or a flag, and a number
 */
record ReportDraft(String revenue, List<String> shown, List<Segment> segments) {
    private static final int MOST_SHOWN = 3;
    private static final int MOST_CATEGORIES = 12;
    private static final int BANDS = 5;
    private static final double TELLS_SOMETHING = 0.53;
    private static final double SURE = 2;
    private static final double MONTHLY = 2;
    private static final double NOT_THE_BILL = -2;
    /** A longer name speaks of a part. */
    private static final double EACH_WORD = -0.25;

    /**
     * A column by which churn is broken down.
     *
     * @param bounds rising, of a number; else empty
     */
    record Segment(String column, List<Double> bounds) {}

    /** From the columns that the draft has. */
    static ReportDraft of(List<DraftColumn> columns, Ranking ranking, Sample sample) {
        List<DraftColumn> strongest = columns.stream()
                .filter(DraftColumn::isFeature)
                .filter(column -> ranking.auc(column.profile()) >= TELLS_SOMETHING)
                .sorted(Comparator.comparing((DraftColumn column) -> ranking.auc(column.profile()))
                        .reversed())
                .toList();
        String revenue = revenue(columns);
        List<String> shown = Stream.concat(
                        strongest.stream().map(DraftColumn::name).limit(revenue == null ? MOST_SHOWN : MOST_SHOWN - 1L),
                        Stream.ofNullable(revenue))
                .distinct()
                .toList();
        Optional<Segment> category = strongest.stream()
                .filter(column -> !column.isNumber() && column.categories().size() <= MOST_CATEGORIES)
                .map(column -> new Segment(column.name(), List.of()))
                .findFirst();
        Optional<Segment> number = strongest.stream()
                .filter(DraftColumn::isNumber)
                .map(column -> new Segment(column.name(), bounds(column, sample)))
                .filter(segment -> !segment.bounds().isEmpty())
                .findFirst();
        return new ReportDraft(
                revenue,
                shown,
                Stream.concat(category.stream(), number.stream()).toList());
    }

    boolean isEmpty() {
        return revenue == null && shown.isEmpty() && segments.isEmpty();
    }

    private static String revenue(List<DraftColumn> columns) {
        List<DraftColumn> money = columns.stream()
                .filter(column -> column.isNumber() && column.profile().min() >= 0 && revenueScore(column) >= SURE)
                .sorted(Comparator.comparing(ReportDraft::revenueScore).reversed())
                .toList();
        if (money.isEmpty() || (money.size() > 1 && revenueScore(money.get(0)) == revenueScore(money.get(1)))) {
            return null;
        }
        return money.get(0).name();
    }

    /** How much a name says that a column is what a customer pays a month. */
    private static double revenueScore(DraftColumn column) {
        ColumnName name = column.profile().name();
        boolean isMonthlyBill = name.contains(Vocabulary.MONTHLY_BILL);
        boolean isMoney =
                name.words().stream().anyMatch(word -> Vocabulary.MONEY.stream().anyMatch(word::startsWith));
        if (!isMonthlyBill && !isMoney) {
            return 0;
        }
        return 1
                + (isMonthlyBill || name.hasWord(Vocabulary.MONTHLY) ? MONTHLY : 0)
                + (name.hasWord(Vocabulary.NOT_THE_BILL) ? NOT_THE_BILL : 0)
                + (name.plain().contains("revenue") ? 1 : 0)
                + EACH_WORD * Math.max(0, name.words().size() - 2);
    }

    /** Between bands with about as many rows each, in round numbers. */
    private static List<Double> bounds(DraftColumn column, Sample sample) {
        double[] sorted = Arrays.stream(sample.values()[column.profile().position()])
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        TreeSet<Double> bounds = new TreeSet<>();
        for (int i = 1; i < BANDS; i++) {
            double bound = rounded(sorted[(int) ((long) i * sorted.length / BANDS)]);
            bounds.add(column.kind() == Field.Kind.INTEGER ? Math.rint(bound) : bound);
        }
        bounds.removeIf(bound ->
                bound < column.profile().min() || bound >= column.profile().max());
        return new ArrayList<>(bounds);
    }

    private static double rounded(double number) {
        return new BigDecimal(number).round(new MathContext(2)).doubleValue();
    }
}
