package io.github.telcochurn.routes.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.files.Utf8Text;
import io.github.telcochurn.routes.Finding;
import io.github.telcochurn.routes.RouteFiles;
import io.github.telcochurn.routes.Rule;
import io.github.telcochurn.yaml.MergedKeys;
import io.github.telcochurn.yaml.Yaml;
import io.github.telcochurn.yaml.YamlForm;
import io.github.telcochurn.yaml.YamlJson;
import io.github.telcochurn.yaml.YamlReader;
import java.io.IOException;
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
    private static final YamlForm FORM = new YamlForm("schemas/route-test.schema.json", "case", "docs/routes.md");

    /** A case, and the line on which it begins. */
    public record Case(RouteTestCase test, int line) {}

    /** Reads a file, and checks its form. */
    public static RouteTestFile read(Path path) {
        String file = RouteFiles.shown(path);
        try {
            Optional<Yaml> root = new YamlReader(0, 0).read(Utf8Text.read(path)).map(MergedKeys::in);
            if (root.isEmpty()
                    || !(root.get() instanceof Yaml.Sequence list)
                    || list.items().isEmpty()) {
                return broken(
                        file,
                        new Yaml.Position(1, 1),
                        "This is not a list of test cases. Begin with \"- name:\"; docs/routes.md shows the format.");
            }
            JsonNode json = YamlJson.of(list);
            List<Finding> findings = FORM.check(list).stream()
                    .map(problem -> finding(file, problem))
                    .sorted(Finding.ORDER)
                    .toList();
            return findings.isEmpty()
                    ? new RouteTestFile(file, cases(list, json), List.of())
                    : new RouteTestFile(file, List.of(), findings);
        } catch (YamlReader.InvalidYaml e) {
            return broken(file, e.at(), "This is not YAML: " + e.getMessage() + ".");
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

    private static Finding finding(String file, YamlForm.Problem problem) {
        Rule rule =
                switch (problem.kind()) {
                    case UNKNOWN_KEY -> Rule.UNKNOWN_KEY;
                    case MISSING_KEY -> Rule.MISSING_KEY;
                    case WRONG_VALUE -> Rule.WRONG_TYPE;
                };
        return Finding.of(file, problem.at(), rule, problem.message());
    }
}
