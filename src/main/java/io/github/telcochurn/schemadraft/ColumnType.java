package io.github.telcochurn.schemadraft;

import io.github.telcochurn.customer.Field;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a column is by its values: either of a kind, or left out.
 *
 * @param kind null where it is left out
 * @param categories in their order; empty unless it is a category
 * @param why null unless it is left out
 * @param reason why it is left out
 */
record ColumnType(Field.Kind kind, List<String> categories, LeftOut.Why why, String reason) {
    private static final int MOST_CATEGORIES = 60;
    /** In a small file, names of things differ in most rows. */
    private static final double MOST_DIFFERENT = 0.5;
    /** In fewer rows than that, any text may be a category. */
    private static final int FEW_ROWS = 20;
    /** Numbers that fill their range like that were given out one after another. */
    private static final double DENSE = 2;
    /** From here on what is no number among numbers is a slip or a word for blank. */
    private static final double MOSTLY = 0.5;

    private static final Comparator<String> SENSIBLY =
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

    /** What to say of the column where it is left out. */
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
                return out(LeftOut.Why.ID_LIKE, "another number in every row, as an id is");
            }
        }
        return column.isFlag() ? of(Field.Kind.FLAG) : of(column.isWhole() ? Field.Kind.INTEGER : Field.Kind.DECIMAL);
    }

    private static ColumnType text(ColumnProfile column, long rows) {
        boolean isFew = column.distinct() <= MOST_CATEGORIES
                && (rows < FEW_ROWS || column.distinct() <= MOST_DIFFERENT * rows)
                && column.hasAllValues();
        if (isFew) {
            return category(column);
        }
        if (column.isUnique()) {
            return out(LeftOut.Why.ID_LIKE, "another text in every row, as an id is");
        }
        if (column.numbers() > MOSTLY * column.filled() && !column.texts().isEmpty()) {
            return out(
                    LeftOut.Why.TEXT,
                    String.format(
                            Locale.ROOT,
                            "%,d of %,d values are no numbers, such as \"%s\"; if that means blank, add it to csv: blank:",
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

    /** Digits that name something are no amount. */
    private static boolean isCode(ColumnProfile column) {
        return column.isWhole() && column.name().hasWord(Vocabulary.CODE);
    }

    private static ColumnType category(ColumnProfile column) {
        return new ColumnType(
                Field.Kind.CATEGORY,
                column.values().keySet().stream().sorted(SENSIBLY).toList(),
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
