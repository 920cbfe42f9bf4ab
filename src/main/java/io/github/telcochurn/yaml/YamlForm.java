package io.github.telcochurn.yaml;

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

/** The form of a kind of YAML file, as a JSON Schema has it, with the place of each problem. */
public final class YamlForm {
    private final JsonSchema schema;
    private final String whole;
    private final String documentation;

    /** What is wrong with the form. */
    public enum Kind {
        UNKNOWN_KEY,
        MISSING_KEY,
        WRONG_VALUE
    }

    /** One problem, and what to do. */
    public record Problem(Kind kind, Yaml.Position at, String message) {}

    /**
     * A form.
     *
     * @param resource the JSON Schema on the class path
     * @param whole what the file is called, such as {@code case}
     * @param documentation the page that shows the form
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

    /** All problems of a document; none when its form is right. */
    public List<Problem> check(Yaml root) {
        return schema.validate(YamlJson.of(root)).stream()
                .map(message -> problem(root, message))
                .toList();
    }

    private Problem problem(Yaml root, ValidationMessage message) {
        Yaml at = root;
        String name = whole;
        for (int i = 0; i < message.getInstanceLocation().getNameCount(); i++) {
            String step = message.getInstanceLocation().getName(i);
            if (at instanceof Yaml.Sequence list) {
                at = list.items().get(Integer.parseInt(step));
                name = name.replaceFirst("s$", "");
            } else if (at instanceof Yaml.Mapping mapping) {
                at = mapping.get(step).orElse(at);
                name = step;
            }
        }
        return switch (message.getType()) {
            case "additionalProperties" -> unknownKey(at, name, message);
            case "required" ->
                new Problem(
                        Kind.MISSING_KEY,
                        at.at(),
                        "This " + name + " has no " + message.getProperty() + ", which it needs.");
            default ->
                new Problem(
                        Kind.WRONG_VALUE,
                        at.at(),
                        name + ": " + message.getMessage().replaceFirst("^[^:]*: ", "") + ". " + documentation
                                + " shows the form.");
        };
    }

    private Problem unknownKey(Yaml owner, String name, ValidationMessage message) {
        String key = message.getProperty();
        List<String> known = new ArrayList<>();
        JsonNode properties = schema.getSchemaNode()
                .at(message.getSchemaLocation()
                        .getFragment()
                        .toString()
                        .replaceFirst("/additionalProperties$", "/properties"));
        properties.fieldNames().forEachRemaining(known::add);
        Yaml.Position at = owner instanceof Yaml.Mapping mapping
                ? mapping.entries().stream()
                        .filter(entry -> entry.name().equals(key))
                        .findFirst()
                        .map(entry -> entry.key().at())
                        .orElse(owner.at())
                : owner.at();
        String suggestion = DidYouMean.suggestion(key, known);
        return new Problem(
                Kind.UNKNOWN_KEY,
                at,
                "Unknown key " + key + " in this " + name
                        + (suggestion.isEmpty() ? ". It can have " + String.join(", ", known) + "." : suggestion));
    }
}
