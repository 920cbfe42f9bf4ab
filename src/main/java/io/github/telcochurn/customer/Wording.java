package io.github.telcochurn.customer;

import java.util.stream.IntStream;

/**
 * Says the values of a column in words that a call agent can use, as the schema has them: "two-year plan", "3 months".
 * Prepared once for all categories, since every prediction uses it.
 */
public final class Wording {
    /** From here on, a double cannot represent every digit and cent. */
    private static final double PLAIN_BELOW = 1e12;

    private final Field field;
    private final String unknown;
    /** Empty for numbers. */
    private final String[] phrases;

    private final boolean isMoney;

    /** For one column. */
    public Wording(Field field) {
        this.field = field;
        this.unknown = field.title() + " unknown";
        this.phrases = IntStream.range(0, field.values().size())
                .mapToObj(i -> phrase(field, field.values().get(i)))
                .toArray(String[]::new);
        this.isMoney = Numbers.isCurrencySymbol(field.unit());
    }

    private static String phrase(Field field, String value) {
        return field.words().getOrDefault(value, field.title() + " " + value);
    }

    /** A customer's value in words, with the column's title when the value alone is not clear. */
    public String of(Customer customer) {
        double number = customer.number(field);
        if (Double.isNaN(number)) {
            return unknown;
        }
        return phrases.length > 0 ? phrases[(int) number] : field.title() + " " + amount(number);
    }

    /** A number with its unit: "2 months", "$29.85", "0.5". */
    public String amount(double number) {
        if (isMoney) {
            return money(number);
        }
        String digits = Math.abs(number) < PLAIN_BELOW ? Numbers.plain(number) : Double.toString(number);
        boolean isOne = number == 1 && field.unit().endsWith("s");
        return Numbers.withUnit(
                digits, isOne ? field.unit().substring(0, field.unit().length() - 1) : field.unit());
    }

    private String money(double amount) {
        if (Math.abs(amount) >= PLAIN_BELOW) {
            return field.unit() + amount;
        }
        // Much faster than String.format.
        long cents = Math.round(Math.abs(amount) * 100);
        String rest = Long.toString(100 + cents % 100);
        return (amount < 0 ? "-" : "") + field.unit() + cents / 100 + "." + rest.substring(1);
    }
}
