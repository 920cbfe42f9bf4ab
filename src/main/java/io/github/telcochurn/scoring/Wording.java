package io.github.telcochurn.scoring;

import io.github.telcochurn.customer.Column;
import io.github.telcochurn.customer.Customer;
import java.util.EnumMap;
import java.util.Map;

/** Says a customer's values in words that a call agent can use: "month-to-month contract", "tenure 2 months". */
final class Wording {
    /** From here on a double's digits are no longer all its own, and cents do not fit. */
    private static final double PLAIN_BELOW = 1e12;

    private static final String NO_INTERNET = "no internet service";
    private static final Map<Column, Words> WORDS = words();

    private Wording() {}

    /**
     * The words for a column.
     *
     * @param name what people call it
     * @param phrases for each of its values; empty for amounts
     */
    private record Words(String name, Map<String, String> phrases) {}

    private static Map<Column, Words> words() {
        Map<Column, Words> all = new EnumMap<>(Column.class);
        all.put(Column.GENDER, new Words("gender", Map.of("Female", "female customer", "Male", "male customer")));
        all.put(Column.SENIOR_CITIZEN, new Words("age", Map.of("0", "not a senior citizen", "1", "senior citizen")));
        all.put(Column.PARTNER, yesNo("partner", "has a partner", "no partner"));
        all.put(Column.DEPENDENTS, yesNo("dependents", "has dependents", "no dependents"));
        all.put(Column.TENURE, new Words("tenure", Map.of()));
        all.put(Column.PHONE_SERVICE, yesNo("phone service", "phone service", "no phone service"));
        all.put(
                Column.MULTIPLE_LINES,
                new Words(
                        "number of phone lines",
                        Map.of(
                                "No", "single phone line",
                                "Yes", "multiple phone lines",
                                "No phone service", "no phone service")));
        all.put(
                Column.INTERNET_SERVICE,
                new Words(
                        "internet service",
                        Map.of("DSL", "DSL internet", "Fiber optic", "fiber optic internet", "No", NO_INTERNET)));
        all.put(Column.ONLINE_SECURITY, extra("online security"));
        all.put(Column.ONLINE_BACKUP, extra("online backup"));
        all.put(Column.DEVICE_PROTECTION, extra("device protection"));
        all.put(Column.TECH_SUPPORT, extra("tech support"));
        all.put(Column.STREAMING_TV, streaming("TV"));
        all.put(Column.STREAMING_MOVIES, streaming("movies"));
        all.put(
                Column.CONTRACT,
                new Words(
                        "contract",
                        Map.of(
                                "Month-to-month", "month-to-month contract",
                                "One year", "one-year contract",
                                "Two year", "two-year contract")));
        all.put(Column.PAPERLESS_BILLING, yesNo("kind of bill", "paperless billing", "paper billing"));
        all.put(
                Column.PAYMENT_METHOD,
                new Words(
                        "payment method",
                        Map.of(
                                "Electronic check", "pays by electronic check",
                                "Mailed check", "pays by mailed check",
                                "Bank transfer (automatic)", "pays by automatic bank transfer",
                                "Credit card (automatic)", "pays automatically by credit card")));
        all.put(Column.MONTHLY_CHARGES, new Words("monthly charges", Map.of()));
        all.put(Column.TOTAL_CHARGES, new Words("total charges", Map.of()));
        return all;
    }

    private static Words yesNo(String name, String yes, String no) {
        return new Words(name, Map.of("Yes", yes, "No", no));
    }

    private static Words extra(String name) {
        return new Words(name, Map.of("Yes", name, "No", "no " + name, "No internet service", NO_INTERNET));
    }

    private static Words streaming(String what) {
        return new Words(
                "streaming of " + what,
                Map.of(
                        "Yes", "streams " + what,
                        "No", "does not stream " + what,
                        "No internet service", NO_INTERNET));
    }

    /** What a customer's value in a column is called. */
    static String of(Column column, Customer customer) {
        Words words = WORDS.get(column);
        double number = customer.number(column);
        if (Double.isNaN(number)) {
            return words.name() + " unknown";
        }
        return switch (column.kind()) {
            case CATEGORY -> words.phrases().get(customer.category(column));
            case FLAG -> words.phrases().get(number == 0 ? "0" : "1");
            case MONTHS -> words.name() + " " + months(number);
            case DOLLARS -> words.name() + " " + dollars(number);
        };
    }

    private static String months(double number) {
        String count = number < PLAIN_BELOW ? Long.toString((long) number) : Double.toString(number);
        return count + (number == 1 ? " month" : " months");
    }

    private static String dollars(double amount) {
        if (amount >= PLAIN_BELOW) {
            return "$" + amount;
        }
        // Much faster than a format, and this is on the way of every prediction.
        long cents = Math.round(amount * 100);
        String rest = Long.toString(100 + cents % 100);
        return "$" + cents / 100 + "." + rest.substring(1);
    }
}
