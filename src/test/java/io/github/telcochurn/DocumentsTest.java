package io.github.telcochurn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.cli.CommandLines;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.routes.RouteProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether everything that the pages name exists. Their commands are run by .ci/documented-commands. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]*)(?:#([^)]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern EXIT_CODES = Pattern.compile("Exit codes: [^.]*\\.");
    /** A row of a table whose first cell is numbers. */
    private static final Pattern EXIT_CODE_ROW = Pattern.compile("(?m)^\\| (\\d+(?:, \\d+)*) \\|");
    /** Some files have such names, too. */
    private static final Pattern KEY = Pattern.compile("(?<![\\w-])churn\\.(?!jar|env)[a-z]+(?:[.-][a-z]+)*\\b");
    /** In blocks and in the text. */
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|^\\$ |`)\\./churn ([^#\\n|&>`]*)");

    @TempDir
    private Path home;

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(TestProject.ROOT.resolve("docs"));
                Stream<Path> root = Files.list(TestProject.ROOT)) {
            return Stream.concat(root, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static List<MatchResult> find(Pattern pattern, Path page) throws IOException {
        return pattern.matcher(Files.readString(page)).results().toList();
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult link : find(LINK, page)) {
                String target = link.group(1);
                if (!target.isEmpty() && !target.matches("https?:.*") && Files.notExists(page.resolveSibling(target))) {
                    dead.add(page.getFileName() + ": " + target);
                }
            }
        }
        assertThat(dead).isEmpty();
        assertThat(pages()).hasSizeGreaterThan(12);
    }

    @Test
    void everyAnchorIsAHeading() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult link : find(LINK, page)) {
                Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
                if (link.group(2) != null
                        && !link.group(1).matches("https?:.*")
                        && !anchors(target).contains(link.group(2))) {
                    dead.add(page.getFileName() + ": " + link.group());
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    /** As GitHub makes them. */
    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new TreeSet<>();
        for (MatchResult heading : find(HEADING, page)) {
            anchors.add(heading.group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'));
        }
        return anchors;
    }

    @Test
    void exitCodesAreThoseOfTheHelp() throws IOException {
        Path readme = TestProject.ROOT.resolve("README.md");
        assertThat(find(EXIT_CODES, readme))
                .singleElement()
                .extracting(found -> words(found.group()))
                .isEqualTo(EXIT_CODES
                        .matcher(words(CommandLines.help()))
                        .results()
                        .findFirst()
                        .orElseThrow()
                        .group());

        for (String page : List.of("docs/operations.md", "docs/deployment.md")) {
            Set<String> documented = new TreeSet<>();
            find(EXIT_CODE_ROW, TestProject.ROOT.resolve(page))
                    .forEach(row -> documented.addAll(List.of(row.group(1).split(", "))));
            assertThat(documented).as(page).contains("0", "1", "2", "3", "4", "130", "143");
            // A killed process does not choose its exit code.
            documented.remove("137");
            assertThat(documented).as(page).hasSize(7);
        }
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", " ");
    }

    @Test
    void everySettingIsKnown() throws IOException {
        ChurnConfig config = TestProject.config(home, Map.of());
        Set<String> unknown = new TreeSet<>();
        for (Path page : pages()) {
            for (MatchResult key : find(KEY, page)) {
                boolean known = RouteProperties.of(config, "test").stringPropertyNames().stream()
                        .anyMatch(setting -> setting.equals(key.group()) || setting.startsWith(key.group() + "."));
                if (!known) {
                    unknown.add(page.getFileName() + ": " + key.group());
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyCommandAndItsOptionsExist() throws IOException {
        List<String> wrong = new ArrayList<>();
        int commands = 0;
        for (Path page : pages()) {
            for (MatchResult command : find(COMMAND, page)) {
                commands++;
                CommandLines.problemOf(command.group(1).strip())
                        .ifPresent(problem -> wrong.add(page.getFileName() + ": " + problem));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(commands).isGreaterThan(40);
    }
}
