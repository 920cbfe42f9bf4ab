package io.github.telcochurn.batch.run;

import io.github.telcochurn.customer.CsvDialect;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.customer.Violation;
import io.github.telcochurn.yaml.DidYouMean;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What to do about a violation, where its value shows what the file's author meant: most remedies can be set in the schema. */
final class Remedy {
    private static final Set<String> NULL_TEXTS = Set.of("na", "n/a", "nan", "null", "none", "nil", "-", "?", "\\n");
    private static final Set<String> BOOLEANS = Set.of("yes", "no", "true", "false");
    private static final Pattern THOUSANDS_BY_COMMA = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+([.]\\d*)?");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?(\\d+|\\d{1,3}([. ]\\d{3})+),\\d+");
    private static final Pattern HAS_DIGIT = Pattern.compile(".*\\d.*");
    private static final String LENIENT = "churn.validation=lenient scores rows without it";

    private final CustomerSchema schema;

    Remedy(CustomerSchema schema) {
        this.schema = schema;
    }

    /** In sentences; empty when the rule itself says it all. */
    String of(Violation violation, Path file) {
        Field field = schema.field(violation.field());
        if (field == null) {
            return ofRow(violation.rule(), file);
        }
        String value = violation.value();
        if (value == null) {
            return "Fill it in; or say optional: true in the schema; or " + LENIENT + ".";
        }
        if (NULL_TEXTS.contains(value.strip().toLowerCase(Locale.ROOT))) {
            return "Leave the field empty where there is no value, or write csv: {blank: [\"" + value.strip()
                    + "\"]} in the schema; " + LENIENT + ".";
        }
        return field.isCategory() ? ofCategory(field, value) : ofNumber(field, value);
    }

    private static String ofRow(String rule, Path file) {
        if (rule.contains("valid UTF-8")) {
            return "Write csv: {encoding: ISO-8859-1} in the schema if it is in that encoding, or convert the file:"
                    + " iconv -f ISO-8859-1 -t UTF-8 " + file + " > customers.csv.";
        }
        if (rule.contains("fields")) {
            return "Put fields that contain the delimiter in double quotes.";
        }
        return rule.contains("quote") ? "Write a double quote inside a quoted field twice." : "";
    }

    private static String ofCategory(Field field, String value) {
        return field.categories().stream()
                .filter(value.strip()::equalsIgnoreCase)
                .findFirst()
                .map(category -> value.strip().equals(category)
                        ? "Remove the blanks around it, or write csv: {trim: true} in the schema."
                        : "Write it as \"" + category + "\".")
                .orElseGet(() -> DidYouMean.nearest(value, field.categories())
                        .map(category -> "Did you mean " + category + "?")
                        .orElse(""));
    }

    private String ofNumber(Field field, String value) {
        if (field.kind() == Field.Kind.FLAG) {
            return BOOLEANS.contains(value.strip().toLowerCase(Locale.ROOT)) ? "Write 1 for Yes, and 0 for No." : "";
        }
        String digits = value.strip();
        CsvDialect csv = schema.csv();
        if (csv.numbers().isPlain() && THOUSANDS_BY_COMMA.matcher(digits).matches()) {
            return "Write it without thousands separators: " + digits.replace(",", "")
                    + "; or write csv: {thousands: \",\"} in the schema.";
        }
        if (csv.numbers().isPlain() && DECIMAL_COMMA.matcher(digits).matches()) {
            return "Write it with a decimal point: "
                    + digits.replaceAll("[. ]", "").replace(',', '.')
                    + "; or write csv: {decimal: \",\"} in the schema.";
        }
        return HAS_DIGIT.matcher(digits).matches()
                ? ""
                : "Leave the field empty where there is no number; " + LENIENT + ".";
    }
}
