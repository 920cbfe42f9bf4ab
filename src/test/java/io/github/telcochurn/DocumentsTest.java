package io.github.telcochurn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.cli.CommandLines;
import io.github.telcochurn.config.ChurnConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the pages name nothing that is not there. What their commands do is tried by .ci/documented-commands. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]*)(#[^)]*)?\\)");
    /** Files are named like that, too. */
    private static final Pattern KEY = Pattern.compile("\\bchurn\\.(?!jar|env)[a-z]+(?:[.-][a-z]+)*\\b");
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
    void everySettingIsKnown() throws IOException {
        ChurnConfig config = TestProject.config(home, Map.of());
        Set<String> unknown = new TreeSet<>();
        for (Path page : pages()) {
            for (MatchResult key : find(KEY, page)) {
                boolean known = config.properties().keySet().stream()
                        .anyMatch(setting -> setting.equals(key.group()) || setting.startsWith(key.group() + "."));
                if (!known) {
                    unknown.add(page.getFileName() + ": " + key.group());
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyCommandAndItsOptionsAreThere() throws IOException {
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
