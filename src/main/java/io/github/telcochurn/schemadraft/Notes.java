package io.github.telcochurn.schemadraft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a file does not show for certain, in sentences for the reader of the draft. */
final class Notes {
    private static final int FEW_ROWS = 100;

    private Notes() {}

    static List<String> of(FileProfile file, Roles roles, Sample sample, Leaks leaks) {
        List<String> notes = new ArrayList<>();
        if (file.rows() < FEW_ROWS) {
            notes.add(String.format(
                    Locale.ROOT,
                    "There are only %,d rows. Others may have other categories, larger numbers and blanks, and columns that are"
                            + " blank or constant here may have values there. Check every column.",
                    file.rows()));
        }
        if (file.brokenRows() > 0) {
            notes.add(String.format(Locale.ROOT, "%,d rows are broken and were skipped.", file.brokenRows()));
        }
        addOnId(notes, roles.id());
        addOnLabel(notes, file, roles.label());
        if (roles.label() != null && !leaks.canJudge()) {
            notes.add("There are too few customers who left, or who stayed, to tell which columns give the label away."
                    + " Leave out what is known only once a customer has left.");
        }
        if (sample.rows() < file.rows()) {
            notes.add(String.format(
                    Locale.ROOT,
                    "The relations between columns were examined in %,d of the %,d rows.",
                    sample.rows(),
                    file.rows()));
        }
        return notes;
    }

    private static void addOnId(List<String> notes, ColumnProfile id) {
        if (id.blanks() > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%s is blank in %,d rows, which will be rejected.",
                    id.name().text(),
                    id.blanks()));
        }
        if (!id.isUnique() && id.distinct() < id.filled()) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%s has %s%,d different values in %,d rows: some customers appear more than once.",
                    id.name().text(),
                    id.isDistinctEstimated() ? "about " : "",
                    id.distinct(),
                    id.filled()));
        }
    }

    private static void addOnLabel(List<String> notes, FileProfile file, LabelColumn label) {
        if (label == null) {
            notes.add("No label was found. Without one, no model can be trained: give --label, or add"
                    + " label: {column: ..., churned: ..., stayed: ...}.");
            return;
        }
        if (label.isGuess()) {
            notes.add(String.format(
                    Locale.ROOT,
                    "It is not known whether \"%s\" or \"%s\" means that a customer left: the rarer was taken. Swap them if that is wrong.",
                    label.churned(),
                    label.stayed()));
        }
        if (label.column().blanks() > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%s is blank in %,d of %,d rows.",
                    label.column().name().text(),
                    label.column().blanks(),
                    file.rows()));
        }
    }
}
