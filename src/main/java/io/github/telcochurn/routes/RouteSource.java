package io.github.telcochurn.routes;

import io.github.telcochurn.files.Utf8Text;
import io.github.telcochurn.yaml.Yaml;
import io.github.telcochurn.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The routes of a file, or of one block of a Markdown file.
 *
 * @param name the file as it is shown to people
 * @param stem the id that the file's route should have; null in Markdown, where any will do
 * @param text the YAML
 * @param elements the top level: mappings of one key each
 * @param syntax why there are none; otherwise empty
 */
public record RouteSource(String name, String stem, String text, List<Yaml.Mapping> elements, List<Finding> syntax) {

    /** Reads a file; one that is not UTF-8 has a syntax finding. */
    public static RouteSource ofFile(Path file) {
        String fileName = file.getFileName().toString();
        String stem =
                fileName.endsWith(RouteFiles.SUFFIX) ? RouteFiles.idOf(file) : fileName.replaceFirst("\\.[^.]*$", "");
        String name = RouteFiles.shown(file);
        try {
            return of(name, stem, Utf8Text.read(file), new YamlReader(0, 0));
        } catch (Utf8Text.NotUtf8 e) {
            Finding finding = Finding.of(name, new Yaml.Position(e.line(), 1), Rule.SYNTAX, e.getMessage());
            return new RouteSource(name, stem, "", List.of(), List.of(finding));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    public static RouteSource of(String name, String stem, String text, YamlReader reader) {
        List<Finding> syntax = new ArrayList<>();
        List<Yaml.Mapping> elements = new ArrayList<>();
        try {
            Optional<Yaml> document = reader.read(text);
            Yaml.Position at = document.map(Yaml::at).orElse(new Yaml.Position(1, 1));
            if (document.isEmpty() || !(document.get() instanceof Yaml.Sequence sequence)) {
                syntax.add(Finding.of(
                        name,
                        at,
                        Rule.SYNTAX,
                        "This is not a list of routes. Begin with \"- route:\", as in routes/."));
            } else {
                for (Yaml item : sequence.items()) {
                    if (item instanceof Yaml.Mapping mapping) {
                        elements.add(mapping);
                    } else {
                        syntax.add(Finding.of(
                                name,
                                item.at(),
                                Rule.SYNTAX,
                                "This must be an element such as \"route:\", but it is a single value or a list."));
                    }
                }
            }
        } catch (YamlReader.InvalidYaml e) {
            syntax.add(Finding.of(name, e.at(), Rule.SYNTAX, "This is not YAML: " + e.getMessage() + "."));
        }
        return new RouteSource(name, stem, text, List.copyOf(elements), List.copyOf(syntax));
    }
}
