package io.github.telcochurn.scoring;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerJson;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.ingest.CustomerSampler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/** Customers for tests of what the model makes of them. */
final class TestCustomers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TestCustomers() {}

    /** All 7,043 of the shipped data. */
    static List<Customer> shipped() {
        return CustomerSampler.customersOf(
                TestProject.SHIPPED_CSV, new CustomerValidator(TestProject.SCHEMA, CustomerValidator.Mode.STRICT));
    }

    /** The first shipped customer, changed. */
    static Customer first(Consumer<ObjectNode> change) {
        return validated(raw(change));
    }

    /** The first shipped customer with another value in one column; absent where the value is null. */
    static Customer firstWith(Field column, Object value) {
        return first(fields -> fields.putPOJO(column.name(), value));
    }

    /** As {@link #firstWith(Field, Object)}, by the column's name. */
    static Customer firstWith(String column, Object value) {
        return firstWith(TestProject.SCHEMA.field(column), value);
    }

    /** The raw message of the first shipped customer, changed. */
    static byte[] raw(Consumer<ObjectNode> change) {
        try {
            ObjectNode fields = (ObjectNode) JSON.readTree(TestProject.firstCustomerAsJson());
            change.accept(fields);
            return JSON.writeValueAsBytes(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Customer validated(byte[] raw) {
        try {
            return new CustomerValidator(TestProject.SCHEMA, CustomerValidator.Mode.LENIENT)
                    .validate(new CustomerJson(TestProject.SCHEMA).read(raw))
                    .customer();
        } catch (CustomerJson.MalformedMessage e) {
            throw new IllegalArgumentException(e);
        }
    }
}
