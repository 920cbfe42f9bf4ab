package io.github.telcochurn.customer;

import java.util.ArrayList;
import java.util.List;

/**
 * A customer as it arrived, before validation: per {@link Field} a text, a number, an explicit null, or nothing at all. Both
 * the CSV and the JSON form are read into this, so that one validator serves both.
 */
public final class CustomerFields {
    /** Marks a field that is present and null. */
    static final Object NULL = new Object();
    /** Marks a value that the reader has already refused. */
    static final Object REFUSED = new Object();

    private final Object[] values;
    private String customerId;
    private String label;
    private String eventTs;
    private List<Violation> faults;

    /** Without any values yet. */
    public CustomerFields(CustomerSchema schema) {
        values = new Object[schema.fields().size()];
    }

    public void set(Field field, String text) {
        put(field, text);
    }

    public void set(Field field, double number) {
        put(field, number);
    }

    public void setNull(Field field) {
        put(field, NULL);
    }

    /** Refuses a value, with the rule that it breaks. */
    void refuse(Field field, Violation why) {
        put(field, REFUSED);
        addFault(why);
    }

    private void put(Field field, Object value) {
        if (values[field.index()] != null) {
            addFault(new Violation(field.name(), "is given twice"));
        }
        values[field.index()] = value;
    }

    /** Adds a fault of form that the reader found; the validator reports it with its own. */
    public void addFault(Violation fault) {
        if (faults == null) {
            faults = new ArrayList<>(2);
        }
        faults.add(fault);
    }

    public void setCustomerId(String customerId) {
        this.customerId = customerId;
    }

    public void setLabel(String label) {
        this.label = label;
    }

    public void setEventTs(String eventTs) {
        this.eventTs = eventTs;
    }

    /** The value of a column: a String, a Double, {@link #NULL}, or null when the field is absent. */
    Object get(Field field) {
        return values[field.index()];
    }

    /** As it arrived, or null. */
    public String customerId() {
        return customerId;
    }

    /** As it arrived, or null. */
    public String label() {
        return label;
    }

    /** When the event happened, as it arrived, or null. */
    public String eventTs() {
        return eventTs;
    }

    List<Violation> faults() {
        return faults == null ? List.of() : faults;
    }
}
