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

    private static final int QUOTED_CHARS = 60;
    private static final Column[] COLUMNS = Column.values();

    private final boolean lenient;

    public CustomerValidator(Mode mode) {
        this.lenient = mode == Mode.LENIENT;
    }

    public Customer.Validated validate(CustomerFields fields) {
        Findings findings = new Findings(fields.faults());
        String customerId = fields.customerId();
        if (customerId == null || customerId.isBlank()) {
            findings.violation(CustomerFields.CUSTOMER_ID, Violation.MISSING);
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
        findings.tolerable(
                column.columnName(), "must be one of " + column.categories() + ", but is " + quoted(value), lenient);
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
                number = Double.parseDouble((String) value);
            } catch (NumberFormatException e) {
                findings.violation(column.columnName(), "must be a number, but is " + quoted(value));
                return Double.NaN;
            }
        }
        String problem = problemOf(column.kind(), number);
        if (problem != null) {
            findings.violation(column.columnName(), problem + ", but is " + quoted(value));
        }
        return number;
    }

    private static String problemOf(Column.Kind kind, double number) {
        if (!Double.isFinite(number)) {
            return "must be a finite number";
        }
        if (kind == Column.Kind.FLAG) {
            return number == 0 || number == 1 ? null : "must be 0 or 1";
        }
        if (number < 0) {
            return "must be 0 or more";
        }
        return kind == Column.Kind.MONTHS && number != Math.rint(number) ? "must be a whole number of months" : null;
    }

    private double missing(Column column, Findings findings) {
        findings.tolerable(column.columnName(), Violation.MISSING, lenient);
        return Double.NaN;
    }

    private void checkTotalCharges(CustomerFields fields, double[] values, Findings findings) {
        Object total = fields.get(Column.TOTAL_CHARGES);
        if (total != null && isAbsent(total) && values[Column.TENURE.ordinal()] != 0) {
            findings.tolerable(Column.TOTAL_CHARGES.columnName(), "may be null only when tenure is 0", lenient);
        }
    }

    private static String label(String churn, Findings findings) {
        if (churn == null || churn.isBlank()) {
            return null;
        }
        if (!churn.equals("Yes") && !churn.equals("No")) {
            findings.violation(CustomerFields.CHURN, "must be Yes or No, but is " + quoted(churn));
        }
        return churn;
    }

    private static boolean isAbsent(Object value) {
        return value == null || value == CustomerFields.NULL || (value instanceof String text && text.isBlank());
    }

    private static String quoted(Object value) {
        boolean isWhole = value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15;
        String text = isWhole ? Long.toString(((Double) value).longValue()) : value.toString();
        return '"' + (text.length() > QUOTED_CHARS ? text.substring(0, QUOTED_CHARS) + "…" : text) + '"';
    }

    private static final class Findings {
        private final List<Violation> violations;
        private List<Violation> warnings = List.of();

        Findings(List<Violation> faults) {
            violations = new ArrayList<>(faults);
        }

        void violation(String field, String problem) {
            violations.add(new Violation(field, problem));
        }

        void tolerable(String field, String problem, boolean tolerated) {
            if (!tolerated) {
                violation(field, problem);
                return;
            }
            if (warnings.isEmpty()) {
                warnings = new ArrayList<>();
            }
            warnings.add(new Violation(field, problem));
        }
    }
}
