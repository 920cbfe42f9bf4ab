package io.github.telcochurn.customer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;

/** The JSON Schema of the raw topic's messages, as ingest writes them. It is generated from the customers' schema. */
public final class RawMessageSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RawMessageSchema() {}

    /** Draft 2020-12; fields that it does not name are allowed. */
    public static ObjectNode of(CustomerSchema schema) {
        ObjectNode root = JSON.objectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("$id", "urn:telco-churn:raw-customer");
        root.put("title", "Raw customer");
        root.put(
                "description",
                "One message on the raw topic, as our own ingest writes it. The key is the " + schema.idName()
                        + ". From other producers numbers may also arrive as strings, in plain decimals (29.85, not 1e3),"
                        + " and unknown extra fields are ignored.");
        root.put("type", "object");
        ArrayNode required = root.putArray("required");
        ObjectNode properties = root.putObject("properties");
        required.add(schema.idName());
        properties.set(schema.idName(), id());
        for (Field field : schema.fields()) {
            required.add(field.name());
            properties.set(field.name(), property(field));
        }
        ChurnLabel label = schema.label();
        if (label != null) {
            ObjectNode outcome = oneOf(List.of(label.churned(), label.stayed()));
            properties.set(label.column(), outcome.put("description", "the label, where it is known; never a feature"));
        }
        required.add(CustomerSchema.EVENT_TS);
        properties
                .putObject(CustomerSchema.EVENT_TS)
                .put("type", "string")
                .put("format", "date-time")
                .put("description", "ISO-8601, UTC, milliseconds");
        return root;
    }

    /** The schema of an id, in any message. */
    public static ObjectNode id() {
        return JSON.objectNode().put("type", "string").put("minLength", 1).put("maxLength", 256);
    }

    private static ObjectNode property(Field field) {
        boolean canBeNull = field.blank().always() || field.blank().column() != null;
        ObjectNode property = field.isNumber() ? number(field, canBeNull) : values(field, canBeNull);
        String description = description(field);
        return description.isEmpty() ? property : property.put("description", description);
    }

    private static ObjectNode values(Field field, boolean canBeNull) {
        ObjectNode property = field.isCategory() ? oneOf(field.categories()) : JSON.objectNode();
        if (!field.isCategory()) {
            property.putArray("enum").add(0).add(1);
        }
        if (canBeNull) {
            ((ArrayNode) property.get("enum")).addNull();
        }
        return property;
    }

    private static ObjectNode oneOf(List<String> texts) {
        ObjectNode property = JSON.objectNode();
        ArrayNode values = property.putArray("enum");
        texts.forEach(values::add);
        return property;
    }

    private static ObjectNode number(Field field, boolean canBeNull) {
        ObjectNode property = JSON.objectNode();
        String type = field.kind() == Field.Kind.INTEGER ? "integer" : "number";
        if (canBeNull) {
            property.putArray("type").add(type).add("null");
        } else {
            property.put("type", type);
        }
        if (Double.isFinite(field.min())) {
            property.put("minimum", new BigDecimal(Numbers.plain(field.min())));
        }
        if (Double.isFinite(field.max())) {
            property.put("maximum", new BigDecimal(Numbers.plain(field.max())));
        }
        return property;
    }

    private static String description(Field field) {
        Field.Blank blank = field.blank();
        String nullOnly = blank.column() == null ? "" : "null only when " + blank.column() + " is " + blank.valueText();
        return field.unit().isEmpty() || nullOnly.isEmpty() ? field.unit() + nullOnly : field.unit() + "; " + nullOnly;
    }
}
