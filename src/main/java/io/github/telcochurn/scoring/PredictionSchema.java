package io.github.telcochurn.scoring;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.RawMessageSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The JSON Schema of the predictions topic's messages, in which the id has the name that the customer's schema gives it. */
public final class PredictionSchema {
    private static final String WITHOUT_ID = "schemas/prediction.schema.json";

    private PredictionSchema() {}

    /** Draft 2020-12; no other fields are allowed. */
    public static ObjectNode of(CustomerSchema customer) {
        ObjectNode schema = withoutId();
        ((ArrayNode) schema.get("required")).insert(0, customer.idName());
        ObjectNode properties = schema.objectNode();
        properties.set(customer.idName(), RawMessageSchema.id());
        properties.setAll((ObjectNode) schema.get("properties"));
        schema.set("properties", properties);
        return schema;
    }

    private static ObjectNode withoutId() {
        try (InputStream in = PredictionSchema.class.getClassLoader().getResourceAsStream(WITHOUT_ID)) {
            return (ObjectNode) new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
