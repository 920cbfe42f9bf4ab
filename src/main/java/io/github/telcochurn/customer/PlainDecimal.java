package io.github.telcochurn.customer;

/**
 * Numbers as people write them: {@code 29.85}, {@code -3}. Other texts that {@link Double#parseDouble} accepts,
 * such as {@code 29.85f}, {@code 0x1p3}, {@code 1e3} and {@code NaN}, are mistakes in a file rather than numbers.
 */
public final class PlainDecimal {
    private PlainDecimal() {}

    /**
     * Reads digits with at most one sign before them and at most one point among them; blanks around them are ignored.
     *
     * @return infinite when there are more digits than a double can hold
     * @throws NumberFormatException when the text is anything else
     */
    public static double parse(String text) {
        String trimmed = text.strip();
        int digits = 0;
        int points = 0;
        for (int i = 0; i < trimmed.length(); i++) {
            char at = trimmed.charAt(i);
            if (at >= '0' && at <= '9') {
                digits++;
            } else if (at == '.') {
                points++;
            } else if (i > 0 || (at != '-' && at != '+')) {
                throw new NumberFormatException(text);
            }
        }
        if (digits == 0 || points > 1) {
            throw new NumberFormatException(text);
        }
        return Double.parseDouble(trimmed);
    }
}
