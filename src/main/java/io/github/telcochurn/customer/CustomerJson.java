package io.github.telcochurn.customer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** The raw message: a customer as a JSON object with the data set's column names. Safe for use by several threads. */
public final class CustomerJson {
    /** When the event happened: ISO-8601, UTC, milliseconds. */
    public static final String EVENT_TS = "event_ts";

    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final int TYPICAL_BYTES = 640;
    private static final Column[] COLUMNS = Column.values();

    private final JsonFactory json = new JsonFactory();

    /** The bytes are not one JSON object. */
    public static final class MalformedMessage extends Exception {
        MalformedMessage(String message) {
            super(message);
        }
    }

    /** A time as it stands in messages: ISO-8601, UTC, milliseconds. */
    public static String timestamp(Instant time) {
        return MILLIS.format(time);
    }

    /**
     * Reads one message. Unknown fields are skipped; a known field with a value of the wrong shape is a fault of the result.
     *
     * @param message UTF-8, or null for a record without a value
     * @throws MalformedMessage when it is not exactly one JSON object
     */
    public CustomerFields read(byte[] message) throws MalformedMessage {
        if (message == null) {
            throw new MalformedMessage("The message has no value");
        }
        CustomerFields fields = new CustomerFields();
        try (JsonParser parser = json.createParser(message)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedMessage("The message is not a JSON object");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                readField(parser, name, fields);
            }
            if (parser.nextToken() != null) {
                throw new MalformedMessage("Something follows the JSON object");
            }
        } catch (IOException e) {
            throw new MalformedMessage("The message is not JSON: " + firstLine(e));
        }
        return fields;
    }

    private static void readField(JsonParser parser, String name, CustomerFields fields) throws IOException {
        JsonToken token = parser.nextToken();
        Column column = Column.named(name);
        boolean isText = column == null && isTextField(name);
        if (token.isStructStart()) {
            if (column != null || isText) {
                fields.addFault(new Violation(name, "must be a single value, but is a JSON object or array"));
            }
            parser.skipChildren();
        } else if (column != null) {
            switch (token) {
                case VALUE_NULL -> fields.setNull(column);
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> fields.set(column, parser.getDoubleValue());
                default -> fields.set(column, parser.getText());
            }
        } else if (isText) {
            setText(fields, name, token == JsonToken.VALUE_NULL ? null : parser.getText());
        }
    }

    private static boolean isTextField(String name) {
        return name.equals(CustomerFields.CUSTOMER_ID) || name.equals(CustomerFields.CHURN) || name.equals(EVENT_TS);
    }

    private static void setText(CustomerFields fields, String name, String text) {
        switch (name) {
            case CustomerFields.CUSTOMER_ID -> fields.setCustomerId(text);
            case CustomerFields.CHURN -> fields.setChurn(text);
            default -> fields.setEventTs(text);
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /**
     * Writes the raw message of a customer: numbers as numbers, an absent value as null, the label only when known.
     *
     * @param eventTs ISO-8601, UTC, milliseconds
     */
    public byte[] write(Customer customer, String eventTs) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(TYPICAL_BYTES);
        try (JsonGenerator generator = json.createGenerator(out)) {
            generator.writeStartObject();
            generator.writeStringField(CustomerFields.CUSTOMER_ID, customer.customerId());
            for (Column column : COLUMNS) {
                writeValue(generator, customer, column);
            }
            if (customer.churn() != null) {
                generator.writeStringField(CustomerFields.CHURN, customer.churn());
            }
            generator.writeStringField(EVENT_TS, eventTs);
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void writeValue(JsonGenerator generator, Customer customer, Column column) throws IOException {
        generator.writeFieldName(column.columnName());
        if (!customer.has(column)) {
            generator.writeNull();
            return;
        }
        switch (column.kind()) {
            case CATEGORY -> generator.writeString(customer.category(column));
            case FLAG, MONTHS -> generator.writeNumber((long) customer.number(column));
            case DOLLARS -> generator.writeNumber(customer.number(column));
        }
    }
}
