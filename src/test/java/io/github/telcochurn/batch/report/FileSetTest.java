package io.github.telcochurn.batch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSetTest {
    @TempDir
    private Path dir;

    private void publish(String content) throws IOException {
        try (FileSet files = new FileSet(dir)) {
            files.write("a", content);
            files.write("b", content);
            files.write("c", content);
            files.publish();
        }
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    @Test
    void restoresTheReplacedFilesWhenItFailsHalfWay() throws Exception {
        Files.writeString(dir.resolve("a"), "good");
        Files.createFile(Files.createDirectory(dir.resolve("c")).resolve("in-the-way"));

        assertThatThrownBy(() -> publish("new")).isInstanceOf(IOException.class);

        assertThat(dir.resolve("a")).hasContent("good");
        assertThat(names()).as("neither b nor anything unfinished").containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void replacesAllAndLeavesNothingElse() throws Exception {
        publish("good");
        publish("new");

        assertThat(dir.resolve("a")).hasContent("new");
        assertThat(dir.resolve("c")).hasContent("new");
        assertThat(names()).containsExactlyInAnyOrder("a", "b", "c");
    }
}
