package io.github.telcochurn.routes.lint;

import io.github.telcochurn.routes.RouteSource;
import io.github.telcochurn.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The routes in the examples of a Markdown file. */
final class MarkdownRoutes {
    private static final Pattern FENCE = Pattern.compile("^( *)(`{3,}|~{3,}) *(\\S*).*$");
    private static final Set<String> LANGUAGES = Set.of("yaml", "yml");

    private final Set<String> elements;

    /**
     * Finds routes.
     *
     * @param elements the keys that are allowed at the top level of a file of routes
     */
    MarkdownRoutes(Set<String> elements) {
        this.elements = elements;
    }

    /** The blocks that are lists of routes, templates and the like, each with its place in the file. */
    List<RouteSource> in(String name, String markdown) {
        List<RouteSource> found = new ArrayList<>();
        List<String> lines = markdown.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher opening = FENCE.matcher(lines.get(i));
            if (!opening.matches()) {
                continue;
            }
            int end = endOf(lines, i + 1, opening.group(2));
            if (LANGUAGES.contains(opening.group(3))) {
                int indent = opening.group(1).length();
                String block = lines.subList(i + 1, end).stream()
                        .map(line -> line.substring(Math.min(indent, indentOf(line))))
                        .collect(Collectors.joining("\n"));
                if (isOfRoutes(block)) {
                    found.add(RouteSource.of(name, null, block, new YamlReader(i + 1, indent)));
                }
            }
            i = end;
        }
        return found;
    }

    private static int endOf(List<String> lines, int from, String fence) {
        int end = from;
        while (end < lines.size() && !lines.get(end).strip().startsWith(fence)) {
            end++;
        }
        return end;
    }

    private static int indentOf(String line) {
        return line.length() - line.stripLeading().length();
    }

    /** Decided by the text, so that a block that is not valid YAML is still found. */
    private boolean isOfRoutes(String block) {
        return block.lines()
                .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
                .findFirst()
                .filter(line -> line.startsWith("- ") && line.contains(":"))
                .map(line -> line.substring(2, line.indexOf(':')).strip())
                .filter(elements::contains)
                .isPresent();
    }
}
