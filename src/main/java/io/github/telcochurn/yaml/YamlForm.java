package io.github.telcochurn.yaml;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Checks a kind of YAML file against a JSON Schema, and reports the place of each problem. */
public final class YamlForm {
    private final JsonSchema schema;
    private final String whole;
    private final String documentation;

    /** The kinds of problems. */
    public enum Kind {
        UNKNOWN_KEY,
        MISSING_KEY,
        WRONG_VALUE
    }

    /** One problem, and what to do. */
    public record Problem(Kind kind, Yaml.Position at, String message) {}

    /**
     * The part of a file that a problem is about.
     *
     * @param owner its name as the owner of keys, such as {@code column}
     * @param subject its name as a value, such as {@code An item of columns}
     */
    private record Part(Yaml yaml, String owner, String subject) {
        Part step(String name) {
            if (yaml instanceof Yaml.Sequence list) {
                Yaml item = list.items().get(Integer.parseInt(name));
                return new Part(item, owner.replaceFirst("s$", ""), "An item of " + owner);
            }
            return new Part(((Yaml.Mapping) yaml).get(name).orElseThrow(), name, name);
        }
    }

    /**
     * Checks files against a JSON Schema.
     *
     * @param resource the JSON Schema on the class path
     * @param whole the name of the whole, such as {@code case}
     * @param documentation the page that shows the format
     */
    public YamlForm(String resource, String whole, String documentation) {
        this.schema = load(resource);
        this.whole = whole;
        this.documentation = documentation;
    }

    private static JsonSchema load(String resource) {
        try (InputStream in = YamlForm.class.getClassLoader().getResourceAsStream(resource)) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * All problems of a document; none when it is correct.
     *
     * @param root with its keys merged
     */
    public List<Problem> check(Yaml root) {
        return schema.validate(YamlJson.of(root)).stream()
                .map(message -> problem(root, message))
                .toList();
    }

    private Problem problem(Yaml root, ValidationMessage message) {
        Part part = new Part(root, whole, "This " + whole);
        for (int i = 0; i < message.getInstanceLocation().getNameCount(); i++) {
            part = part.step(message.getInstanceLocation().getName(i));
        }
        return switch (message.getType()) {
            case "additionalProperties" -> unknownKey(part, message);
            case "required" ->
                new Problem(
                        Kind.MISSING_KEY,
                        part.yaml().at(),
                        "This " + part.owner() + " has no " + message.getProperty() + ", which it needs.");
            default -> new Problem(Kind.WRONG_VALUE, part.yaml().at(), wrongValue(part, message));
        };
    }

    private String wrongValue(Part part, ValidationMessage message) {
        JsonPointer rule = pointer(message);
        JsonNode description = schema.getSchemaNode().at(rule.head()).path("description");
        String otherwise = part.subject() + ": " + message.getMessage().replaceFirst("^[^:]*: ", "");
        return new WrongValue(
                        part.subject(), part.yaml(), schema.getSchemaNode().at(rule), description.asText())
                .message(message.getType(), otherwise, documentation + " shows the format.");
    }

    /** The place of the broken rule in the JSON Schema. */
    private static JsonPointer pointer(ValidationMessage message) {
        return JsonPointer.compile(message.getSchemaLocation().getFragment().toString());
    }

    private Problem unknownKey(Part owner, ValidationMessage message) {
        String key = message.getProperty();
        List<String> known = new ArrayList<>();
        schema.getSchemaNode()
                .at(pointer(message).head())
                .path("properties")
                .fieldNames()
                .forEachRemaining(known::add);
        Yaml.Position at = ((Yaml.Mapping) owner.yaml())
                .entries().stream()
                        .filter(entry -> entry.name().equals(key))
                        .findFirst()
                        .orElseThrow()
                        .key()
                        .at();
        return new Problem(
                Kind.UNKNOWN_KEY,
                at,
                "Unknown key " + key + " in this " + owner.owner()
                        + DidYouMean.suggestionOr(key, known, ". It can have " + String.join(", ", known) + "."));
    }
}
