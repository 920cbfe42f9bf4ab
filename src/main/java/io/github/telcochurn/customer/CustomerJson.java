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

/** The raw message: a customer as a JSON object with the schema's column names. Safe for use by several threads. */
public final class CustomerJson {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final int TYPICAL_BYTES = 640;

    private final JsonFactory json = new JsonFactory();
    private final CustomerSchema schema;
    private final Field[] fields;
    private final String idName;
    /** Null when messages have no label. */
    private final String labelName;

    /** For messages with the columns of a schema. */
    public CustomerJson(CustomerSchema schema) {
        this.schema = schema;
        this.fields = schema.fields().toArray(Field[]::new);
        this.idName = schema.idName();
        this.labelName = schema.label() == null ? null : schema.label().column();
    }

    /** The bytes are not one JSON object. */
    public static final class MalformedMessage extends Exception {
        MalformedMessage(String message) {
            super(message);
        }
    }

    /** A time in the format of messages: ISO-8601, UTC, milliseconds. */
    public static String timestamp(Instant time) {
        return MILLIS.format(time);
    }

    /**
     * Reads one message. Unknown fields are skipped; a value of the wrong shape in a known field becomes a fault of the result.
     *
     * @param message UTF-8, or null for a record without a value
     * @throws MalformedMessage when it is not exactly one JSON object
     */
    public CustomerFields read(byte[] message) throws MalformedMessage {
        if (message == null) {
            throw new MalformedMessage("The message has no value");
        }
        CustomerFields fields = new CustomerFields(schema);
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

    private void readField(JsonParser parser, String name, CustomerFields fields) throws IOException {
        JsonToken token = parser.nextToken();
        Field field = schema.field(name);
        boolean isText = field == null && isTextField(name);
        if (token.isStructStart()) {
            if (field != null || isText) {
                fields.addFault(new Violation(name, "must be a single value, but is a JSON object or array"));
            }
            parser.skipChildren();
        } else if (field != null) {
            switch (token) {
                case VALUE_NULL -> fields.setNull(field);
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> fields.set(field, parser.getDoubleValue());
                default -> fields.set(field, parser.getText());
            }
        } else if (isText) {
            setText(fields, name, token == JsonToken.VALUE_NULL ? null : parser.getText());
        }
    }

    private boolean isTextField(String name) {
        return name.equals(idName) || name.equals(CustomerSchema.EVENT_TS) || name.equals(labelName);
    }

    private void setText(CustomerFields fields, String name, String text) {
        if (name.equals(idName)) {
            fields.setCustomerId(text);
        } else if (name.equals(labelName)) {
            fields.setLabel(text);
        } else {
            fields.setEventTs(text);
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
            generator.writeStringField(idName, customer.customerId());
            for (Field field : fields) {
                writeValue(generator, customer, field);
            }
            if (labelName != null && customer.outcome().isKnown()) {
                generator.writeStringField(labelName, schema.label().of(customer.outcome()));
            }
            generator.writeStringField(CustomerSchema.EVENT_TS, eventTs);
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void writeValue(JsonGenerator generator, Customer customer, Field field) throws IOException {
        generator.writeFieldName(field.name());
        if (!customer.has(field)) {
            generator.writeNull();
            return;
        }
        switch (field.kind()) {
            case CATEGORY -> generator.writeString(customer.category(field));
            case FLAG, INTEGER -> generator.writeNumber((long) customer.number(field));
            case DECIMAL -> generator.writeNumber(customer.number(field));
        }
    }
}
