package io.github.telcochurn.routes.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a file of routes may contain, from the JSON Schema that comes with Camel. Its alternatives (an expression is one of
 * 24 languages, a step one of 60) are merged into one shape, so that the one wrong key can be named where a validator
 * reports every alternative that did not match.
 */
final class DslSchema {
    private static final String RESOURCE = "schema/camelYamlDsl.json";

    private final JsonNode root;
    private final IdentityHashMap<JsonNode, Shape> shapes = new IdentityHashMap<>();

    DslSchema() {
        try (InputStream in = DslSchema.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            root = new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a value may be.
     *
     * @param types the JSON types it may have; empty for any
     * @param properties its keys and their schemas
     * @param required the keys it requires
     * @param words the only allowed values; empty for any
     * @param items the schema of what is in the list; null for anything
     * @param open whether other keys are allowed too
     * @param expression whether an expression language is required
     */
    record Shape(
            Set<String> types,
            Map<String, JsonNode> properties,
            Set<String> required,
            Set<String> words,
            JsonNode items,
            boolean open,
            boolean expression) {

        boolean isMapping() {
            return types.contains("object") || !properties.isEmpty();
        }

        boolean isList() {
            return types.contains("array");
        }
    }

    /** What an element of the file's list may be. */
    Shape element() {
        return shape(root.get("items"));
    }

    /** What a value with that schema may be. */
    Shape shape(JsonNode schema) {
        Shape known = shapes.get(schema);
        if (known == null) {
            Merger merger = new Merger();
            merger.add(schema, true);
            known = merger.shape();
            shapes.put(schema, known);
        }
        return known;
    }

    /** Alternatives and references, merged into one shape. */
    private final class Merger {
        private static final String EXPRESSION = "org.apache.camel.model.language.ExpressionDefinition";

        private final Set<String> types = new LinkedHashSet<>();
        private final Map<String, JsonNode> properties = new TreeMap<>();
        private final Set<String> required = new LinkedHashSet<>();
        private final Set<String> words = new LinkedHashSet<>();
        private JsonNode items;
        private boolean closed;
        private boolean expression;

        /**
         * Merges another schema.
         *
         * @param always false for one of several alternatives, whose required keys are not always required
         */
        void add(JsonNode schema, boolean always) {
            String reference = schema.path("$ref").asText();
            if (!reference.isEmpty()) {
                expression |= reference.endsWith(EXPRESSION);
                add(root.at(reference.substring(1)), always);
            }
            if (schema.has("type")) {
                types.add(schema.get("type").asText());
            }
            schema.path("enum").forEach(word -> words.add(word.asText()));
            schema.path("properties")
                    .properties()
                    .forEach(property -> properties.merge(
                            property.getKey(), property.getValue(), (one, other) -> other.isEmpty() ? one : other));
            if (always) {
                schema.path("required").forEach(key -> required.add(key.asText()));
            }
            if (schema.has("items")) {
                items = schema.get("items");
            }
            closed |= schema.path("additionalProperties").isBoolean()
                    && !schema.get("additionalProperties").asBoolean();
            alternatives(schema).forEach(alternative -> add(alternative, false));
        }

        private static List<JsonNode> alternatives(JsonNode schema) {
            List<JsonNode> alternatives = new ArrayList<>();
            schema.path("oneOf").forEach(alternatives::add);
            schema.path("anyOf").forEach(alternatives::add);
            alternatives.removeIf(alternative -> alternative.has("not"));
            return alternatives;
        }

        Shape shape() {
            boolean open = !closed && properties.isEmpty();
            return new Shape(types, properties, required, words, items, open, expression);
        }
    }
}
