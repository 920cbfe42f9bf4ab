package io.github.telcochurn.training;

import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.customer.Wording;
import io.github.telcochurn.leaks.Leak;
import io.github.telcochurn.scoring.CardFigures;
import io.github.telcochurn.scoring.Slice;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** What the figures of a card do not say, in sentences for its readers. */
final class KnownLimits {
    private static final int MOST_NAMED = 8;
    private static final String CAUSES =
            "Contributions and importance show what goes along with leaving, not what causes it. An"
                    + " offer that changes a column need not change the outcome as much.";

    private KnownLimits() {}

    /**
     * Of a model that was trained here.
     *
     * @param allowed the columns that seem to give the label away, and were allowed
     */
    static List<String> ofTrained(
            LabelledCustomers labelled, List<Field> columns, List<Leak> allowed, CardFigures evaluation) {
        List<String> limits = new ArrayList<>();
        allowed.forEach(
                leak -> limits.add(
                        leak.column() + " seems to give the label away (" + leak.reason()
                                + "), and was allowed by --allow-leak. If it is not known before a customer leaves, all figures are worthless."));
        limits.add(
                "All figures are for customers of the file that the model was trained on, each predicted by a model that had"
                        + " not seen this customer. How well it predicts a later month can be seen only with the labels of that month.");
        addRanges(labelled.customers(), columns, limits);
        addSlices(evaluation.slices(), limits);
        if (labelled.leftOut() > 0) {
            limits.add(String.format(
                    Locale.ROOT,
                    "%,d rows of the file were left out, because they are invalid or have no label.",
                    labelled.leftOut()));
        }
        limits.add(CAUSES);
        return List.copyOf(limits);
    }

    /** Of a model that another library trained. */
    static List<String> ofImported(LabelledCustomers labelled, CardFigures evaluation) {
        List<String> limits = new ArrayList<>();
        limits.add(
                "The figures were measured with " + labelled.file().name() + " when the model was imported. If it was"
                        + " trained on the same customers, they are better than what to expect for others.");
        addSlices(evaluation.slices(), limits);
        limits.add(CAUSES);
        return List.copyOf(limits);
    }

    private static void addRanges(List<Customer> customers, List<Field> columns, List<String> limits) {
        List<String> ranges = columns.stream()
                .filter(Field::isNumber)
                .map(column -> range(column, customers))
                .filter(Objects::nonNull)
                .toList();
        if (!ranges.isEmpty()) {
            String more = ranges.size() > MOST_NAMED
                    ? " and " + (ranges.size() - MOST_NAMED) + " more numbers within the bounds of the file"
                    : "";
            limits.add("It has seen " + ranges.stream().limit(MOST_NAMED).collect(Collectors.joining(", ")) + more
                    + ". For customers outside these ranges it extrapolates.");
        }
    }

    /** Null when the column is always blank. */
    private static String range(Field column, List<Customer> customers) {
        DoubleSummaryStatistics values = customers.stream()
                .mapToDouble(customer -> customer.number(column))
                .filter(value -> !Double.isNaN(value))
                .summaryStatistics();
        Wording wording = new Wording(column);
        return values.getCount() == 0
                ? null
                : column.title() + " from " + wording.amount(values.getMin()) + " to "
                        + wording.amount(values.getMax());
    }

    private static void addSlices(List<Slice> slices, List<String> limits) {
        for (Slice slice : slices) {
            add(
                    slice,
                    slice.groups().stream()
                            .filter(group -> group.truePositiveRate() == null)
                            .toList(),
                    "Too few customers left to judge how many of them it finds",
                    limits);
            add(
                    slice,
                    slice.groups().stream().filter(Slice.Group::isOff).toList(),
                    "The mean probability differs from the share that left by more than chance explains",
                    limits);
        }
    }

    private static void add(Slice slice, List<Slice.Group> groups, String what, List<String> limits) {
        if (!groups.isEmpty()) {
            limits.add(what + " among customers with " + slice.column() + " "
                    + groups.stream().map(Slice.Group::value).limit(MOST_NAMED).collect(Collectors.joining(", "))
                    + (groups.size() > MOST_NAMED ? " and " + (groups.size() - MOST_NAMED) + " more." : "."));
        }
    }
}
