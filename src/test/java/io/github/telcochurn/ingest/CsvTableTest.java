package io.github.telcochurn.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.CsvDialect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableTest {
    @TempDir
    private Path dir;

    private CsvTable table(String text) throws IOException {
        return CsvTable.open(Files.writeString(dir.resolve("table.csv"), text), CsvDialect.DEFAULT);
    }

    private static List<List<String>> rows(CsvTable table) {
        List<List<String>> rows = new ArrayList<>();
        table.forEach(rows::add, done -> {});
        return rows;
    }

    @Test
    void hasTheFieldsAsTheyStandThere() throws IOException {
        CsvTable table = table(" id , plan\nk1,\"a, b\"\nk2, \"\nk3,\"two\nlines\"\n");

        assertThat(table.header()).containsExactly("id", "plan");
        assertThat(rows(table))
                .containsExactly(List.of("k1", "a, b"), List.of("k2", " \""), List.of("k3", "two\nlines"));
    }

    @Test
    void passesOverBrokenRowsAndCountsThem() throws IOException {
        CsvTable table = table("id,plan\nk1,a\nk2\nk3,b,c\nk4,\"open\nk5,d\n");

        assertThat(rows(table)).containsExactly(List.of("k1", "a"), List.of("k5", "d"));
        assertThat(table.brokenRows()).isEqualTo(3);
    }

    @Test
    void canBeReadAgain() throws IOException {
        CsvTable table = table("id,plan\nk1,a\nk2\n");

        assertThat(rows(table)).isEqualTo(rows(table));
        assertThat(table.brokenRows()).isEqualTo(1);
    }

    @Test
    void tellsHowFarItIs() throws IOException {
        StringBuilder text = new StringBuilder("id,plan\n");
        for (int i = 0; i < 20_000; i++) {
            text.append("k").append(i).append(",plan ").append(i % 7).append('\n');
        }
        List<Double> progress = new ArrayList<>();

        table(text.toString()).forEach(row -> {}, progress::add);

        assertThat(progress).isSorted().hasSizeGreaterThan(3).endsWith(1.0);
        assertThat(progress.get(0)).isBetween(0.0, 0.9);
    }

    @Test
    void isNoneWithoutAHeader() {
        assertThatThrownBy(() -> table(""))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageEndingWith("table.csv is empty: it does not even have a header.");
        assertThatThrownBy(() -> table("\nid,plan\n"))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageEndingWith("has no header: its first line is empty. Remove the empty lines at its start.");
    }

    @Test
    void isNotReadPastTheEndOfADamagedArchive() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 20_000; i++) {
                gzip.write(("k" + i * 7919 + ",plan\n").getBytes(US_ASCII));
            }
        }
        byte[] half = Arrays.copyOf(packed.toByteArray(), packed.size() / 2);
        CsvTable table = CsvTable.open(Files.write(dir.resolve("half.csv.gz"), half), CsvDialect.DEFAULT);

        assertThatThrownBy(() -> rows(table))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageContaining("half.csv.gz is damaged or was cut off");
    }
}
