package io.github.telcochurn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFolderTest {
    @TempDir
    private Path dir;

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(dir)) {
            return all.toList();
        }
    }

    @Test
    void appearsWithAllThatIsInIt() throws Exception {
        Path folder = dir.resolve("new");

        WholeFolder.make(folder, made -> {
            Files.createDirectories(made.resolve("a/b"));
            Files.writeString(made.resolve("a/b/c.txt"), "c");
            assertThat(folder).doesNotExist();
        });

        assertThat(folder.resolve("a/b/c.txt")).hasContent("c");
        assertThat(files()).containsExactly(folder);
    }

    @Test
    void takesThePlaceOfAnEmptyOne() throws Exception {
        Path folder = Files.createDirectory(dir.resolve("empty"));
        assertThat(WholeFolder.isFree(folder)).isTrue();

        WholeFolder.make(folder, made -> Files.writeString(made.resolve("c.txt"), "c"));

        assertThat(folder.resolve("c.txt")).exists();
        assertThat(WholeFolder.isFree(folder)).isFalse();
    }

    @Test
    void leavesNothingWhenItCannotBeFilled() throws IOException {
        assertThatThrownBy(() -> WholeFolder.make(dir.resolve("new"), made -> {
                    Files.writeString(made.resolve("half.txt"), "half");
                    throw new IOException("full");
                }))
                .hasMessage("full");

        assertThat(files()).isEmpty();
    }

    @Test
    void isNotMadeOverAFile() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "mine");

        assertThat(WholeFolder.isFree(file)).isFalse();
    }
}
