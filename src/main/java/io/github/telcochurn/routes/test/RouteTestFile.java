package io.github.telcochurn.routes.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.github.telcochurn.files.Utf8Text;
import io.github.telcochurn.routes.Finding;
import io.github.telcochurn.routes.RouteFiles;
import io.github.telcochurn.routes.Rule;
import io.github.telcochurn.yaml.DidYouMean;
import io.github.telcochurn.yaml.Yaml;
import io.github.telcochurn.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of tests as it was read.
 *
 * @param file as it is shown to people
 * @param cases none when there are findings
 * @param findings what is wrong with the file itself
 */
public record RouteTestFile(String file, List<Case> cases, List<Finding> findings) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchema SCHEMA = schema();

    /** A case, and the line on which it begins. */
    public record Case(RouteTestCase test, int line) {}

    /** Reads a file, and checks its form. */
    public static RouteTestFile read(Path path) {
        String file = RouteFiles.shown(path);
        try {
            Optional<Yaml> root = new YamlReader(0, 0).read(Utf8Text.read(path));
            if (root.isEmpty()
                    || !(root.get() instanceof Yaml.Sequence list)
                    || list.items().isEmpty()) {
                return broken(
                        file,
                        new Yaml.Position(1, 1),
                        "This is no list of test cases. Begin with \"- name:\"; docs/routes.md shows the form.");
            }
            JsonNode json = YamlJson.of(list);
            List<Finding> findings = SCHEMA.validate(json).stream()
                    .map(message -> finding(file, list, message))
                    .sorted(Finding.ORDER)
                    .toList();
            return findings.isEmpty()
                    ? new RouteTestFile(file, cases(list, json), List.of())
                    : new RouteTestFile(file, List.of(), findings);
        } catch (YamlReader.NoYaml e) {
            return broken(file, e.at(), "This is no YAML: " + e.getMessage() + ".");
        } catch (Utf8Text.NotUtf8 e) {
            return broken(file, new Yaml.Position(e.line(), 1), e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static RouteTestFile broken(String file, Yaml.Position at, String message) {
        return new RouteTestFile(file, List.of(), List.of(Finding.of(file, at, Rule.SYNTAX, message)));
    }

    private static List<Case> cases(Yaml.Sequence list, JsonNode json) throws IOException {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            cases.add(new Case(
                    JSON.treeToValue(json.get(i), RouteTestCase.class),
                    list.items().get(i).at().line()));
        }
        return cases;
    }

    private static JsonSchema schema() {
        try (InputStream in =
                RouteTestFile.class.getClassLoader().getResourceAsStream("schemas/route-test.schema.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Finding finding(String file, Yaml root, ValidationMessage message) {
        Yaml at = root;
        String name = "case";
        for (int i = 0; i < message.getInstanceLocation().getNameCount(); i++) {
            String step = message.getInstanceLocation().getName(i);
            if (at instanceof Yaml.Sequence list) {
                at = list.items().get(Integer.parseInt(step));
            } else if (at instanceof Yaml.Mapping mapping) {
                at = mapping.get(step).orElse(at);
                name = step;
            }
        }
        return switch (message.getType()) {
            case "additionalProperties" -> unknownKey(file, at, name, message);
            case "required" ->
                Finding.of(
                        file,
                        at.at(),
                        Rule.MISSING_KEY,
                        "This " + name + " has no " + message.getProperty() + ", which it needs.");
            default ->
                Finding.of(
                        file,
                        at.at(),
                        Rule.WRONG_TYPE,
                        name + ": " + message.getMessage().replaceFirst("^[^:]*: ", "")
                                + ". docs/routes.md shows the form.");
        };
    }

    private static Finding unknownKey(String file, Yaml owner, String name, ValidationMessage message) {
        String key = message.getProperty();
        List<String> known = new ArrayList<>();
        JsonNode parent = SCHEMA.getSchemaNode()
                .at(message.getSchemaLocation()
                        .getFragment()
                        .toString()
                        .replaceFirst("/additionalProperties$", "/properties"));
        parent.fieldNames().forEachRemaining(known::add);
        Yaml.Position at = owner instanceof Yaml.Mapping mapping
                ? mapping.entries().stream()
                        .filter(entry -> entry.name().equals(key))
                        .findFirst()
                        .map(entry -> entry.key().at())
                        .orElse(owner.at())
                : owner.at();
        String suggestion = DidYouMean.suggestion(key, known);
        return Finding.of(
                file,
                at,
                Rule.UNKNOWN_KEY,
                "Unknown key " + key + " in this " + name
                        + (suggestion.isEmpty() ? ". It can have " + String.join(", ", known) + "." : suggestion));
    }
}
