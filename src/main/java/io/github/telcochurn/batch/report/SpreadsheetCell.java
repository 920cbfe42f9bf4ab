package io.github.telcochurn.batch.report;

/** Cells of CSV files that are opened in a spreadsheet. */
final class SpreadsheetCell {
    private static final String FORMULAS_BEGIN_WITH = "=+-@\t\r\n";

    private SpreadsheetCell() {}

    /** A cell that begins like a formula would be run by a spreadsheet; an apostrophe makes it text. */
    static String of(String text) {
        return beginsLikeAFormula(text, 0) ? "'" + text : text;
    }

    private static boolean beginsLikeAFormula(String text, int from) {
        return text != null && text.length() > from && FORMULAS_BEGIN_WITH.indexOf(text.charAt(from)) >= 0;
    }

    /** What {@link #of(String)} was given. An apostrophe of the text itself stays, unless it looks like one of ours. */
    static String textOf(String cell) {
        return cell.startsWith("'") && beginsLikeAFormula(cell, 1) ? cell.substring(1) : cell;
    }

    /** A number as it is, text as {@link #of(String)} has it. */
    static Object of(Object value) {
        return value instanceof String text ? of(text) : value;
    }
}
