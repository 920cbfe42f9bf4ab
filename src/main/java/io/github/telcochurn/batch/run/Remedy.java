package io.github.telcochurn.batch.run;

import io.github.telcochurn.customer.Column;
import io.github.telcochurn.customer.Violation;
import io.github.telcochurn.yaml.DidYouMean;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What to do about a violation, where its value shows what the file's author meant. */
final class Remedy {
    private static final Set<String> STANDS_FOR_NOTHING =
            Set.of("na", "n/a", "nan", "null", "none", "nil", "-", "?", "\\n");
    private static final Set<String> ANSWERS = Set.of("yes", "no", "true", "false");
    private static final Pattern THOUSANDS_BY_COMMA = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+([.]\\d*)?");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?(\\d+|\\d{1,3}([. ]\\d{3})+),\\d+");
    private static final Pattern HAS_DIGIT = Pattern.compile(".*\\d.*");
    private static final String LENIENT = "churn.validation=lenient scores rows without it";

    private Remedy() {}

    /** Sentences, or nothing when the rule itself says it all. */
    static String of(Violation violation, Path file) {
        Column column = Column.named(violation.field());
        if (column == null) {
            return ofRow(violation.rule(), file);
        }
        String value = violation.value();
        if (value == null) {
            return "Fill it in; or " + LENIENT + ".";
        }
        if (STANDS_FOR_NOTHING.contains(value.strip().toLowerCase(Locale.ROOT))) {
            return "Leave the field empty where there is no value; " + LENIENT + ".";
        }
        return column.kind() == Column.Kind.CATEGORY ? ofCategory(column, value) : ofNumber(column, value);
    }

    private static String ofRow(String rule, Path file) {
        if (rule.contains("UTF-8")) {
            return "Convert the file, if it is in ISO-8859-1: iconv -f ISO-8859-1 -t UTF-8 " + file
                    + " > customers.csv.";
        }
        if (rule.contains("fields")) {
            return "Put fields with a comma in them into double quotes.";
        }
        return rule.contains("quote") ? "Write a double quote inside a quoted field twice." : "";
    }

    private static String ofCategory(Column column, String value) {
        return column.categories().stream()
                .filter(value.strip()::equalsIgnoreCase)
                .findFirst()
                .map(category -> "Write it as \"" + category + "\".")
                .orElseGet(
                        () -> DidYouMean.suggestion(value, column.categories()).replaceFirst("^[.] ", ""));
    }

    private static String ofNumber(Column column, String value) {
        if (column.kind() == Column.Kind.FLAG) {
            return ANSWERS.contains(value.strip().toLowerCase(Locale.ROOT)) ? "Write 1 for Yes, and 0 for No." : "";
        }
        String digits = value.strip();
        if (THOUSANDS_BY_COMMA.matcher(digits).matches()) {
            return "Write it without thousands separators: " + digits.replace(",", "") + ".";
        }
        if (DECIMAL_COMMA.matcher(digits).matches()) {
            return "Write it with a decimal point: "
                    + digits.replaceAll("[. ]", "").replace(',', '.') + ".";
        }
        return HAS_DIGIT.matcher(digits).matches()
                ? ""
                : "Leave the field empty where there is no number; " + LENIENT + ".";
    }
}
