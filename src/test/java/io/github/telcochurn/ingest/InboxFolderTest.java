package io.github.telcochurn.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the inbox takes, and what it says of the rest. */
class InboxFolderTest {
    @TempDir
    private Path dir;

    private InboxFolder folder;

    @BeforeEach
    void lookAMinuteLater() {
        folder = new InboxFolder(dir, InstantSource.offset(InstantSource.system(), Duration.ofMinutes(1)));
    }

    private boolean takes(String name) throws IOException {
        return folder.takes(Files.createFile(dir.resolve(name)).toFile());
    }

    @Test
    void takesCsvFilesWhateverElseIsInTheirNames() throws IOException {
        for (String name : new String[] {
            "march.csv",
            "MARCH.CSV",
            " a b.csv",
            "a%20b.csv",
            "a..b.csv",
            "${x}.csv",
            "{{y}}.csv",
            "?q=1&r#s;t,u.csv",
            "m".repeat(196) + ".csv"
        }) {
            assertThat(takes(name)).as(name).isTrue();
        }
        Path elsewhere = Files.createFile(dir.resolve(".elsewhere"));
        Path link = Files.createSymbolicLink(dir.resolve("link.csv"), elsewhere);
        assertThat(folder.takes(link.toFile())).isTrue();
        assertThat(folder.leftovers()).isEmpty();
    }

    @Test
    void leavesAFileThatMayStillBeWrittenTo() throws IOException {
        Path file = Files.createFile(dir.resolve("march.csv"));
        Instant changed = Files.getLastModifiedTime(file).toInstant();

        assertThat(new InboxFolder(dir, InstantSource.fixed(changed.plusMillis(900))).takes(file.toFile()))
                .isFalse();
        assertThat(new InboxFolder(dir, InstantSource.fixed(changed.plusMillis(1100))).takes(file.toFile()))
                .isTrue();
    }

    @Test
    void tellsOnceOfWhatItLeavesAndWhatToDo() throws Exception {
        Files.createDirectory(dir.resolve("folder.csv"));
        Files.createSymbolicLink(dir.resolve("dangling.csv"), Path.of("/not/there.csv"));
        assertThat(new ProcessBuilder("mkfifo", dir.resolve("pipe.csv").toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.setLastModifiedTime(
                Files.createFile(dir.resolve("future.csv")),
                FileTime.from(Instant.now().plus(Duration.ofDays(1))));
        for (String name : new String[] {
            "two\nlines.csv", "back\\slash.csv", "march.csv.zip", "march.txt", "l".repeat(200) + ".csv"
        }) {
            assertThat(takes(name)).as(name).isFalse();
        }
        for (String name : new String[] {"folder.csv", "dangling.csv", "pipe.csv", "future.csv"}) {
            assertThat(folder.takes(dir.resolve(name).toFile())).as(name).isFalse();
        }

        assertThat(folder.leftovers())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo(
                                        "Left in the inbox: back\\slash.csv has a backslash in its name. Rename it."),
                        line -> assertThat(line)
                                .contains("dangling.csv is a link to /not/there.csv, which does not exist."),
                        line -> assertThat(line)
                                .contains("folder.csv is a folder. Put the files themselves into the inbox."),
                        line -> assertThat(line)
                                .contains("future.csv was changed in the future, at ", "touch the file"),
                        line -> assertThat(line).contains("has a name of 204 bytes; 200 is the maximum. Rename it."),
                        line -> assertThat(line).contains("march.csv.zip is compressed or an archive. Unpack it"),
                        line -> assertThat(line)
                                .contains("march.txt has a name that does not end with .csv or .csv.gz."),
                        line -> assertThat(line).contains("pipe.csv is not a regular file, but a named pipe"),
                        line -> assertThat(line).contains("two\\u000alines.csv has a line break"));
        assertThat(folder.leftovers()).isEmpty();

        // It changed a moment ago, by the clock of the inbox.
        Files.setLastModifiedTime(
                dir.resolve("march.txt"), FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(folder.leftovers()).isEmpty();
        Files.setLastModifiedTime(dir.resolve("march.txt"), FileTime.from(Instant.now()));
        assertThat(folder.leftovers()).isEmpty();

        Files.delete(dir.resolve("march.txt"));
        assertThat(folder.leftovers()).isEmpty();
        Files.createFile(dir.resolve("march.txt"));
        assertThat(folder.leftovers()).singleElement().asString().contains("march.txt");
    }

    @Test
    void saysNothingOfWhatIsOnItsWayIn() throws IOException {
        Files.createFile(dir.resolve("march.csv.part"));
        Files.createFile(dir.resolve(".march.csv.Xq3"));
        Files.createFile(dir.resolve("march.csv.camelLock"));

        assertThat(new InboxFolder(dir, InstantSource.system()).leftovers()).isEmpty();
        assertThat(folder.leftovers()).singleElement().asString().contains("march.csv.part");
    }
}
