package io.github.telcochurn.customer;

import java.util.ArrayList;
import java.util.List;

/** Checks a record against every rule and names all that it breaks. Safe for use by several threads. */
public final class CustomerValidator {
    /** How strict to be. */
    public enum Mode {
        /** Every broken rule rejects the record. */
        STRICT,
        /** Unknown categories and missing values become warnings; what cannot be a value at all still rejects. */
        LENIENT
    }

    private static final int MOST_ID_CHARACTERS = 256;
    private static final String ZERO_OR_ONE = "must be 0 or 1";
    private static final Column[] COLUMNS = Column.values();

    private final boolean lenient;

    public CustomerValidator(Mode mode) {
        this.lenient = mode == Mode.LENIENT;
    }

    public Customer.Validated validate(CustomerFields fields) {
        Findings findings = new Findings(fields.faults());
        String customerId = fields.customerId();
        if (customerId == null || customerId.isBlank()) {
            findings.violation(CustomerFields.CUSTOMER_ID, Violation.MISSING, null);
        } else if (customerId.codePointCount(0, customerId.length()) > MOST_ID_CHARACTERS) {
            findings.violation(
                    CustomerFields.CUSTOMER_ID, "must have at most " + MOST_ID_CHARACTERS + " characters", customerId);
        }
        double[] values = new double[COLUMNS.length];
        for (Column column : COLUMNS) {
            values[column.ordinal()] = column.kind() == Column.Kind.CATEGORY
                    ? category(column, fields.get(column), findings)
                    : number(column, fields.get(column), findings);
        }
        checkTotalCharges(fields, values, findings);
        String churn = label(fields.churn(), findings);
        return findings.violations.isEmpty()
                ? new Customer.Validated(new Customer(customerId, values, churn), List.of(), findings.warnings)
                : new Customer.Validated(null, findings.violations, findings.warnings);
    }

    private double category(Column column, Object value, Findings findings) {
        if (isAbsent(value)) {
            return missing(column, findings);
        }
        int index = column.categories().indexOf(value);
        if (index >= 0) {
            return index;
        }
        findings.tolerable(column.columnName(), "must be one of " + column.categories(), text(value), lenient);
        return Double.NaN;
    }

    private double number(Column column, Object value, Findings findings) {
        if (isAbsent(value)) {
            // A new customer has no total yet; whether this is one is known only when tenure was read.
            return column == Column.TOTAL_CHARGES && value != null ? Double.NaN : missing(column, findings);
        }
        double number;
        if (value instanceof Double parsed) {
            number = parsed;
        } else {
            try {
                number = PlainDecimal.parse((String) value);
            } catch (NumberFormatException e) {
                String rule = column.kind() == Column.Kind.FLAG ? ZERO_OR_ONE : "must be a plain decimal number";
                findings.violation(column.columnName(), rule, text(value));
                return Double.NaN;
            }
        }
        String broken = brokenRule(column, number);
        if (broken != null) {
            findings.violation(column.columnName(), broken, text(value));
        }
        return number;
    }

    private static String brokenRule(Column column, double number) {
        if (!Double.isFinite(number)) {
            return "must be a finite number";
        }
        if (column.kind() == Column.Kind.FLAG) {
            return number == 0 || number == 1 ? null : ZERO_OR_ONE;
        }
        if (number < 0) {
            return "must be 0 or more";
        }
        if (number > column.max()) {
            return "must be at most " + column.max();
        }
        boolean isWhole = number == Math.rint(number);
        return column.kind() == Column.Kind.MONTHS && !isWhole ? "must be a whole number of months" : null;
    }

    private double missing(Column column, Findings findings) {
        findings.tolerable(column.columnName(), Violation.MISSING, null, lenient);
        return Double.NaN;
    }

    private void checkTotalCharges(CustomerFields fields, double[] values, Findings findings) {
        Object total = fields.get(Column.TOTAL_CHARGES);
        if (total != null && isAbsent(total) && values[Column.TENURE.ordinal()] != 0) {
            findings.tolerable(Column.TOTAL_CHARGES.columnName(), "may be null only when tenure is 0", null, lenient);
        }
    }

    private static String label(String churn, Findings findings) {
        if (churn == null || churn.isBlank()) {
            return null;
        }
        if (!churn.equals("Yes") && !churn.equals("No")) {
            findings.violation(CustomerFields.CHURN, "must be Yes or No", churn);
        }
        return churn;
    }

    private static boolean isAbsent(Object value) {
        return value == null || value == CustomerFields.NULL || (value instanceof String text && text.isBlank());
    }

    private static String text(Object value) {
        boolean isWhole = value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15;
        return isWhole ? Long.toString(((Double) value).longValue()) : value.toString();
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
