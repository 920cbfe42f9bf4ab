package io.github.telcochurn.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.routes.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuleTableTest {
    @Test
    void documentationListsTheRulesAsTheyAre() throws IOException {
        List<String> documented;
        try (Stream<String> lines = Files.lines(Path.of("docs/routes.md"))) {
            documented = lines.filter(line -> line.matches("\\| `[a-z-]+` \\| (error|warning) \\| .*"))
                    .toList();
        }

        assertThat(documented)
                .containsExactlyElementsOf(Stream.of(Rule.values())
                        .map(rule -> "| `" + rule.id() + "` | " + rule.severity() + " | " + rule.description() + " |")
                        .toList());
    }
}
