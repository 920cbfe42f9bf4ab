package io.github.telcochurn.schemadraft;

import io.github.telcochurn.customer.Field;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The type of a column according to its values: a kind, or the reason why the column is left out.
 *
 * @param kind null when it is left out
 * @param categories in their order; empty unless it is a category
 * @param why null unless it is left out
 * @param reason why it is left out
 */
record ColumnType(Field.Kind kind, List<String> categories, LeftOut.Why why, String reason) {
    private static final int MAX_CATEGORIES = 60;
    /** In a small file, the names of things differ in most rows. */
    private static final double MAX_DISTINCT_SHARE = 0.5;
    /** With fewer rows, any text may be a category. */
    private static final int FEW_ROWS = 20;
    /** Numbers that fill their range as densely as this were assigned one after another. */
    private static final double DENSE = 2;
    /** Above this share of numbers, other texts are mistakes or words for blank. */
    private static final double MOSTLY = 0.5;

    private static final Comparator<String> CATEGORY_ORDER =
            String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder());

    static ColumnType of(ColumnProfile column, long rows) {
        if (column.filled() == 0) {
            return out(LeftOut.Why.CONSTANT, "blank in every row");
        }
        if (column.distinct() == 1 && column.blanks() == 0) {
            return out(
                    LeftOut.Why.CONSTANT,
                    "\"" + column.values().keySet().stream().findFirst().orElse("…") + "\" in every row");
        }
        if (column.isDate()) {
            return out(LeftOut.Why.DATE, "dates; a number of days since then could be a column");
        }
        if (column.isNumeric() && !isCode(column)) {
            return column.distinct() == 1 ? category(column) : number(column, rows);
        }
        return text(column, rows);
    }

    /** The column as one that is left out; empty when it is kept. */
    Optional<LeftOut> leftOut(ColumnProfile column) {
        return kind != null
                ? Optional.empty()
                : Optional.of(new LeftOut(column.position(), column.name().text(), why, reason));
    }

    private static ColumnType number(ColumnProfile column, long rows) {
        if (column.isWhole() && column.isUnique() && rows > FEW_ROWS) {
            boolean isNamedId = column.name().hasWord(Vocabulary.ID)
                    || column.name().hasWord(Vocabulary.NUMBER)
                    || column.name().hasWord(Vocabulary.ROW_NUMBER);
            if (isNamedId || column.max() - column.min() < DENSE * rows) {
                return out(LeftOut.Why.ID_LIKE, "a different number in every row, like an id");
            }
        }
        return column.isFlag() ? of(Field.Kind.FLAG) : of(column.isWhole() ? Field.Kind.INTEGER : Field.Kind.DECIMAL);
    }

    private static ColumnType text(ColumnProfile column, long rows) {
        boolean isFew = column.distinct() <= MAX_CATEGORIES
                && (rows < FEW_ROWS || column.distinct() <= MAX_DISTINCT_SHARE * rows)
                && column.hasAllValues();
        if (isFew) {
            return category(column);
        }
        if (column.isUnique()) {
            return out(LeftOut.Why.ID_LIKE, "a different text in every row, like an id");
        }
        if (column.numbers() > MOSTLY * column.filled() && !column.texts().isEmpty()) {
            return out(
                    LeftOut.Why.TEXT,
                    String.format(
                            Locale.ROOT,
                            "%,d of %,d values are not numbers, such as \"%s\"; if that means blank, add it to csv: blank:",
                            column.filled() - column.numbers(),
                            column.filled(),
                            shortened(column.texts().iterator().next())));
        }
        return out(
                LeftOut.Why.TEXT,
                String.format(
                        Locale.ROOT,
                        "%s%,d different texts in %,d rows: too many for a category",
                        column.isDistinctEstimated() ? "about " : "",
                        column.distinct(),
                        rows));
    }

    private static String shortened(String text) {
        return text.length() > 30 ? text.substring(0, 30) + "…" : text;
    }

    /** Digits that identify something are not an amount. */
    private static boolean isCode(ColumnProfile column) {
        return column.isWhole() && column.name().hasWord(Vocabulary.CODE);
    }

    private static ColumnType category(ColumnProfile column) {
        return new ColumnType(
                Field.Kind.CATEGORY,
                column.values().keySet().stream().sorted(CATEGORY_ORDER).toList(),
                null,
                null);
    }

    private static ColumnType of(Field.Kind kind) {
        return new ColumnType(kind, List.of(), null, null);
    }

    private static ColumnType out(LeftOut.Why why, String reason) {
        return new ColumnType(null, List.of(), why, reason);
    }
}
