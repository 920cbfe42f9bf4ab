package io.github.telcochurn.schemadraft;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.ColumnNames;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The column that says who left.
 *
 * @param churned its text for those who left
 * @param stayed its text for those who did not
 * @param isGuess whether neither text has a known meaning, so that the rarer one was assumed to mean that a customer left
 */
record LabelColumn(ColumnProfile column, String churned, String stayed, boolean isGuess) {
    private static final int MAX_SHOWN = 5;

    /**
     * The column that the user named.
     *
     * @throws WrongOption when it has no value, or more than two
     * @throws ChurnFailure when it has one value only
     */
    static LabelColumn of(FileProfile file, ColumnProfile column) {
        if (column.distinct() == 1) {
            throw oneClass(file, column);
        }
        if (column.distinct() != 2) {
            throw new WrongOption(String.format(
                    Locale.ROOT,
                    "--label %s: it has %s. A label has two values: one for those who left, one for those who stayed.",
                    column.name().text(),
                    column.filled() == 0
                            ? "no value in any row"
                            : String.format(
                                    Locale.ROOT, "%,d different values (%s)", column.distinct(), some(column))));
        }
        return twoValued(column);
    }

    /**
     * The column that has the name of a label.
     *
     * @return null when there is none
     * @throws ChurnFailure when there is one, but nobody left, or nobody stayed
     */
    static LabelColumn find(FileProfile file) {
        List<ColumnProfile> called = file.columns().stream()
                .filter(column -> Vocabulary.LABEL.contains(column.name().letters()))
                .sorted(Comparator.comparing(
                        column -> Vocabulary.LABEL.indexOf(column.name().letters())))
                .toList();
        Optional<ColumnProfile> twoValued =
                called.stream().filter(column -> column.distinct() == 2).findFirst();
        if (twoValued.isPresent()) {
            return twoValued(twoValued.get());
        }
        called.stream().filter(column -> column.distinct() == 1).findFirst().ifPresent(column -> {
            throw oneClass(file, column);
        });
        return null;
    }

    private static ChurnFailure oneClass(FileProfile file, ColumnProfile column) {
        return new ChurnFailure(String.format(
                Locale.ROOT,
                "%s: the label %s is \"%s\" in all %,d rows that have one. Give a file with customers who left and"
                        + " customers who stayed.",
                file.file(),
                column.name().text(),
                some(column),
                column.filled()));
    }

    private static LabelColumn twoValued(ColumnProfile column) {
        List<String> texts = List.copyOf(column.values().keySet());
        String first = texts.get(0);
        String second = texts.get(1);
        int says = meaning(first) - meaning(second);
        if (says == 0) {
            boolean isFirstRarer = column.values().get(first).count()
                    <= column.values().get(second).count();
            return new LabelColumn(column, isFirstRarer ? first : second, isFirstRarer ? second : first, true);
        }
        return new LabelColumn(column, says > 0 ? first : second, says > 0 ? second : first, false);
    }

    /** 1 for those who left, -1 for those who stayed, 0 for any other text. */
    private static int meaning(String text) {
        String plain = ColumnNames.normalized(text.strip());
        String word = plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
        return Vocabulary.CHURNED.contains(word) ? 1 : Vocabulary.STAYED.contains(word) ? -1 : 0;
    }

    private static String some(ColumnProfile column) {
        String shown = String.join(
                ", ", column.values().keySet().stream().limit(MAX_SHOWN).toList());
        return column.distinct() > MAX_SHOWN ? shown + ", …" : shown;
    }
}
