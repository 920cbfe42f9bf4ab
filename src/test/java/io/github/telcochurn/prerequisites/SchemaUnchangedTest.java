package io.github.telcochurn.prerequisites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaUnchangedTest {
    @TempDir
    private Path home;

    private Path file;
    private String shipped;
    private SchemaUnchanged check;

    @BeforeEach
    void start() throws IOException {
        shipped = Files.readString(TestProject.SCHEMA_FILE);
        file = Files.writeString(home.resolve("telco.schema.yaml"), shipped);
        check = new SchemaUnchanged(TestProject.config(home, Map.of("churn.schema", file.toString())));
    }

    @Test
    void toleratesAnotherComment() throws IOException {
        Files.writeString(file, "# looked at in November\n" + shipped);

        assertThat(check.check()).isEqualTo(file + ", 19 columns");
    }

    @Test
    void refusesAFileThatSaysSomethingElseNow() throws IOException {
        Files.writeString(file, shipped.replace("max: 1200", "max: 600"));

        assertThatThrownBy(check::check)
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessageContaining("was changed since the program started")
                .hasMessageContaining("Restart it, or restore the file.");
    }

    @Test
    void namesTheProblemsOfAFileThatIsWrongNow() throws IOException {
        Files.writeString(file, shipped.replace("type: integer", "type: number"));

        assertThatThrownBy(check::check)
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessageContaining("now has problems:")
                .hasMessageContaining("(29,11): type must be one of integer, decimal, flag, but is number.");
    }
}
