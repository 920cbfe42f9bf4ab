package io.github.telcochurn.customer;

import java.util.ArrayList;
import java.util.List;

/** Checks a record against every rule and reports all that it breaks. Safe for use by several threads. */
public final class CustomerValidator {
    /** How strict to be. */
    public enum Mode {
        /** Every broken rule rejects the record. */
        STRICT,
        /** Unknown categories and missing values become warnings; what cannot be a value at all still rejects the record. */
        LENIENT
    }

    private static final int MAX_ID_CHARACTERS = 256;
    private static final String ZERO_OR_ONE = "must be 0 or 1";

    private final CustomerSchema schema;
    private final Rule[] rules;
    private final boolean lenient;

    /** The messages about a column, prepared once. */
    private record Rule(Field field, String oneOf, String whole, String atLeast, String atMost, String blankOnlyWhen) {
        static Rule of(Field field) {
            Field.Blank blank = field.blank();
            return new Rule(
                    field,
                    "must be one of " + field.categories(),
                    "must be a whole number" + (isWord(field.unit()) ? " of " + field.unit() : ""),
                    "must be " + Numbers.plain(field.min()) + " or more",
                    "must be at most " + Numbers.plain(field.max()),
                    blank.column() == null
                            ? null
                            : "may be null only when " + blank.column() + " is " + blank.valueText());
        }

        private static boolean isWord(String unit) {
            return !unit.isEmpty() && Character.isLetter(unit.charAt(0));
        }
    }

    /** For customers of a schema. */
    public CustomerValidator(CustomerSchema schema, Mode mode) {
        this.schema = schema;
        this.rules = schema.fields().stream().map(Rule::of).toArray(Rule[]::new);
        this.lenient = mode == Mode.LENIENT;
    }

    /** The schema whose rules these are. */
    public CustomerSchema schema() {
        return schema;
    }

    /** Whether unknown categories and missing values are only warnings. */
    public boolean isLenient() {
        return lenient;
    }

    public Customer.Validated validate(CustomerFields fields) {
        Findings findings = new Findings(fields.faults());
        String customerId = fields.customerId();
        if (customerId == null || customerId.isBlank()) {
            findings.violation(schema.idName(), Violation.MISSING, null);
        } else if (customerId.codePointCount(0, customerId.length()) > MAX_ID_CHARACTERS) {
            findings.violation(schema.idName(), "must have at most " + MAX_ID_CHARACTERS + " characters", customerId);
        }
        double[] values = new double[rules.length];
        for (int i = 0; i < rules.length; i++) {
            Rule rule = rules[i];
            Object value = fields.get(rule.field());
            values[i] = rule.field().isCategory() ? category(rule, value, findings) : number(rule, value, findings);
        }
        for (Rule rule : rules) {
            if (rule.blankOnlyWhen() != null) {
                checkBlank(rule, fields, values, findings);
            }
        }
        Outcome outcome = outcome(fields.label(), findings);
        return findings.violations.isEmpty()
                ? new Customer.Validated(new Customer(customerId, values, outcome), List.of(), findings.warnings)
                : new Customer.Validated(null, findings.violations, findings.warnings);
    }

    private double category(Rule rule, Object value, Findings findings) {
        if (isAbsent(value)) {
            return absent(rule, value, findings);
        }
        int index = rule.field().indexOf(value);
        if (index >= 0) {
            return index;
        }
        findings.tolerable(rule.field().name(), rule.oneOf(), text(value), lenient);
        return Double.NaN;
    }

    private double number(Rule rule, Object value, Findings findings) {
        if (isAbsent(value)) {
            return absent(rule, value, findings);
        }
        if (value == CustomerFields.REFUSED) {
            return Double.NaN;
        }
        Field field = rule.field();
        double number;
        if (value instanceof Double parsed) {
            number = parsed;
        } else {
            try {
                number = PlainDecimal.parse((String) value);
            } catch (NumberFormatException e) {
                String broken = field.kind() == Field.Kind.FLAG ? ZERO_OR_ONE : DecimalNotation.PLAIN.rule();
                findings.violation(field.name(), broken, text(value));
                return Double.NaN;
            }
        }
        String broken = brokenRule(rule, number);
        if (broken != null) {
            findings.violation(field.name(), broken, text(value));
        }
        return number;
    }

    private static String brokenRule(Rule rule, double number) {
        Field field = rule.field();
        if (!Double.isFinite(number)) {
            return "must be a finite number";
        }
        if (field.kind() == Field.Kind.FLAG) {
            return number == 0 || number == 1 ? null : ZERO_OR_ONE;
        }
        if (number < field.min()) {
            return rule.atLeast();
        }
        if (number > field.max()) {
            return rule.atMost();
        }
        boolean isWhole = number == Math.rint(number);
        return field.kind() == Field.Kind.INTEGER && !isWhole ? rule.whole() : null;
    }

    private double absent(Rule rule, Object value, Findings findings) {
        // Whether another column allows a blank is known only when all have been read.
        boolean isJudgedLater = rule.blankOnlyWhen() != null && value != null;
        if (!isJudgedLater && !rule.field().blank().always()) {
            findings.tolerable(rule.field().name(), Violation.MISSING, null, lenient);
        }
        return Double.NaN;
    }

    private void checkBlank(Rule rule, CustomerFields fields, double[] values, Findings findings) {
        Field.Blank blank = rule.field().blank();
        Object value = fields.get(rule.field());
        if (value != null && isAbsent(value) && values[blank.column().index()] != blank.value()) {
            findings.tolerable(rule.field().name(), rule.blankOnlyWhen(), null, lenient);
        }
    }

    private Outcome outcome(String text, Findings findings) {
        ChurnLabel label = schema.label();
        if (label == null || text == null || text.isBlank()) {
            return Outcome.UNKNOWN;
        }
        if (text.equals(label.churned())) {
            return Outcome.CHURNED;
        }
        if (!text.equals(label.stayed())) {
            findings.violation(label.column(), "must be " + label.churned() + " or " + label.stayed(), text);
        }
        return Outcome.STAYED;
    }

    private static boolean isAbsent(Object value) {
        return value == null || value == CustomerFields.NULL || (value instanceof String text && text.isBlank());
    }

    private static String text(Object value) {
        return value instanceof Double number ? Numbers.plain(number) : value.toString();
    }

    private static final class Findings {
        private final List<Violation> violations;
        private List<Violation> warnings = List.of();

        Findings(List<Violation> faults) {
            violations = new ArrayList<>(faults);
        }

        void violation(String field, String rule, String value) {
            violations.add(new Violation(field, rule, value));
        }

        void tolerable(String field, String rule, String value, boolean tolerated) {
            if (!tolerated) {
                violation(field, rule, value);
                return;
            }
            if (warnings.isEmpty()) {
                warnings = new ArrayList<>();
            }
            warnings.add(new Violation(field, rule, value));
        }
    }
}
