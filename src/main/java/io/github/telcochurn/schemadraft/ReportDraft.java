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
 * The columns that a report should cover.
 *
 * @param revenue the name of the column with what a customer pays a month; null when no column clearly has it
 * @param shown the names of columns, the strongest first
 * @param segments one category or flag, and one number
 */
record ReportDraft(String revenue, List<String> shown, List<Segment> segments) {
    private static final int MAX_SHOWN = 3;
    private static final int MAX_CATEGORIES = 12;
    private static final int BANDS = 5;
    private static final double MIN_AUC = 0.53;
    private static final double MIN_REVENUE_SCORE = 2;
    private static final double MONTHLY = 2;
    private static final double NOT_THE_BILL = -2;
    /** A longer name usually means only a part of the bill. */
    private static final double PER_WORD = -0.25;

    /**
     * A column by which churn is broken down.
     *
     * @param bounds the bounds of a number, ascending; empty for other columns
     */
    record Segment(String column, List<Double> bounds) {}

    /** Chooses from the columns of the draft. */
    static ReportDraft of(List<DraftColumn> columns, Ranking ranking, Sample sample) {
        List<DraftColumn> strongest = columns.stream()
                .filter(DraftColumn::isFeature)
                .filter(column -> ranking.auc(column.profile()) >= MIN_AUC)
                .sorted(Comparator.comparing((DraftColumn column) -> ranking.auc(column.profile()))
                        .reversed())
                .toList();
        String revenue = revenue(columns);
        List<String> shown = Stream.concat(
                        strongest.stream().map(DraftColumn::name).limit(revenue == null ? MAX_SHOWN : MAX_SHOWN - 1L),
                        Stream.ofNullable(revenue))
                .distinct()
                .toList();
        Optional<Segment> category = strongest.stream()
                .filter(column -> !column.isNumber() && column.categories().size() <= MAX_CATEGORIES)
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
                .filter(column ->
                        column.isNumber() && column.profile().min() >= 0 && revenueScore(column) >= MIN_REVENUE_SCORE)
                .sorted(Comparator.comparing(ReportDraft::revenueScore).reversed())
                .toList();
        if (money.isEmpty() || (money.size() > 1 && revenueScore(money.get(0)) == revenueScore(money.get(1)))) {
            return null;
        }
        return money.get(0).name();
    }

    /** How clearly a name says that a column is what a customer pays a month. */
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
                + PER_WORD * Math.max(0, name.words().size() - 2);
    }

    /** Round bounds of bands with about the same number of rows each. */
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
