package io.github.telcochurn.customer;

/**
 * How numbers are written: {@code 1889.50}, {@code 1,889.50}, {@code 1.889,50}.
 *
 * @param decimal the character before the decimals
 * @param thousands the character between groups of three digits; 0 for none
 */
public record DecimalNotation(char decimal, char thousands) {
    /** Digits and a point, as in messages. */
    public static final DecimalNotation PLAIN = new DecimalNotation('.', (char) 0);

    /** Whether this is the plain notation, so that numbers need no conversion. */
    public boolean isPlain() {
        return decimal == '.' && thousands == 0;
    }

    /**
     * The same number in plain notation.
     *
     * @return null when the text is not a number in this notation: nothing is guessed, and no digit is moved
     */
    public String plain(String text) {
        String number = text.strip();
        StringBuilder plain = new StringBuilder(number.length());
        int whole = 0;
        int group = -1;
        boolean afterDecimal = false;
        for (int i = 0; i < number.length(); i++) {
            char at = number.charAt(i);
            if (at >= '0' && at <= '9') {
                plain.append(at);
                if (!afterDecimal) {
                    whole++;
                    group = group < 0 ? group : group + 1;
                }
            } else if ((at == '-' || at == '+') && i == 0) {
                plain.append(at);
            } else if (at == decimal && !afterDecimal && (group < 0 || group == 3)) {
                afterDecimal = true;
                plain.append('.');
            } else if (isThousands(at) && !afterDecimal && (group < 0 ? whole >= 1 && whole <= 3 : group == 3)) {
                group = 0;
            } else {
                return null;
            }
        }
        boolean isWholeGroup = afterDecimal || group < 0 || group == 3;
        if (whole > 0) {
            return isWholeGroup ? plain.toString() : null;
        }
        return hasDigit(plain) ? plain.toString() : null;
    }

    /** Whether there is any digit, for numbers such as {@code .5} with none before the decimals. */
    private static boolean hasDigit(CharSequence plain) {
        return plain.chars().anyMatch(Character::isDigit);
    }

    /** A non-breaking space counts as a space. */
    private boolean isThousands(char at) {
        return thousands != 0 && (at == thousands || (thousands == ' ' && (at == '\u00A0' || at == '\u202F')));
    }

    /** The rule for numbers, as messages state it. */
    public String rule() {
        if (isPlain()) {
            return "must be a plain decimal number";
        }
        String decimals = decimal == ',' ? "a decimal comma" : "a decimal point";
        return "must be a number with " + decimals
                + (thousands == 0 ? "" : " and \"" + thousands + "\" between thousands");
    }
}
