package io.github.telcochurn.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;

/** YAML as JSON, which a schema can check and Jackson can bind. */
public final class YamlJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private YamlJson() {}

    /** Quoted values are texts, and so is any value that is neither a plain number nor a boolean nor null. */
    public static JsonNode of(Yaml yaml) {
        if (yaml instanceof Yaml.Mapping mapping) {
            ObjectNode object = JSON.objectNode();
            mapping.entries().forEach(entry -> object.set(entry.name(), of(entry.value())));
            return object;
        }
        if (yaml instanceof Yaml.Sequence sequence) {
            ArrayNode array = JSON.arrayNode();
            sequence.items().forEach(item -> array.add(of(item)));
            return array;
        }
        return value((Yaml.Scalar) yaml);
    }

    private static JsonNode value(Yaml.Scalar scalar) {
        String text = scalar.text();
        if (scalar.isNothing()) {
            return JSON.nullNode();
        }
        if (scalar.quoted()) {
            return JSON.textNode(text);
        }
        if (text.equals("true") || text.equals("false")) {
            return JSON.booleanNode(Boolean.parseBoolean(text));
        }
        if (text.matches("[+-]?\\d+")) {
            return JSON.numberNode(new BigInteger(text));
        }
        if (text.matches("[+-]?\\d+[.]\\d+")) {
            return JSON.numberNode(new BigDecimal(text));
        }
        return JSON.textNode(text);
    }
}
