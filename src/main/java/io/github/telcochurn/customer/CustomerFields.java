package io.github.telcochurn.customer;

import java.util.ArrayList;
import java.util.List;

/**
 * A customer as it arrived, before validation: per {@link Column} a text, a number, an explicit null, or nothing at all. Both
 * the CSV and the JSON form are read into this, so that one validator serves both.
 */
public final class CustomerFields {
    /** The name of the id's column, which is also the message's key. */
    public static final String CUSTOMER_ID = "customerID";
    /** The name of the label's column. */
    public static final String CHURN = "Churn";

    /** Stands for a field that is there and says null. */
    static final Object NULL = new Object();

    private final Object[] values = new Object[Column.values().length];
    private String customerId;
    private String churn;
    private String eventTs;
    private List<Violation> faults;

    public void set(Column column, String text) {
        put(column, text);
    }

    public void set(Column column, double number) {
        put(column, number);
    }

    public void setNull(Column column) {
        put(column, NULL);
    }

    private void put(Column column, Object value) {
        if (values[column.ordinal()] != null) {
            addFault(new Violation(column.columnName(), "is given twice"));
        }
        values[column.ordinal()] = value;
    }

    /** A fault of form that the reader found and the validator shall report with its own. */
    public void addFault(Violation fault) {
        if (faults == null) {
            faults = new ArrayList<>(2);
        }
        faults.add(fault);
    }

    public void setCustomerId(String customerId) {
        this.customerId = customerId;
    }

    public void setChurn(String churn) {
        this.churn = churn;
    }

    public void setEventTs(String eventTs) {
        this.eventTs = eventTs;
    }

    /** The value of a column: a String, a Double, {@link #NULL}, or null where the field is absent. */
    Object get(Column column) {
        return values[column.ordinal()];
    }

    /** As it arrived, or null. */
    public String customerId() {
        return customerId;
    }

    /** As it arrived, or null. */
    public String churn() {
        return churn;
    }

    /** When the event happened, as it arrived, or null. */
    public String eventTs() {
        return eventTs;
    }

    List<Violation> faults() {
        return faults == null ? List.of() : faults;
    }
}
