package io.github.telcochurn.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.customer.CsvDialect;
import io.github.telcochurn.customer.DecimalNotation;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialectGuessTest {
    @TempDir
    private Path dir;

    private CsvDialect guess(Charset charset, String text) throws IOException {
        return DialectGuess.of(Files.write(dir.resolve("guess.csv"), text.getBytes(charset)));
    }

    private DecimalNotation numbers(String... values) {
        return NotationGuess.of(List.of(List.of(values)));
    }

    @Test
    void isTheDefaultWhereNothingSaysOtherwise() throws IOException {
        assertThat(guess(StandardCharsets.UTF_8, "id,amount,remark\nk1,29.85,a; b; c\nk2,3,d; e; f\n"))
                .isEqualTo(CsvDialect.DEFAULT);
        assertThat(guess(StandardCharsets.UTF_8, "id\nk1\n")).isEqualTo(CsvDialect.DEFAULT);
    }

    @Test
    void looksForTheEncodingInAllOfTheFile() throws IOException {
        String late = "id,name\n" + "k1,plain\n".repeat(100_000) + "k2,M\u00fcller\n";

        assertThat(guess(StandardCharsets.UTF_8, late).encoding()).isEqualTo(StandardCharsets.UTF_8);
        assertThat(guess(StandardCharsets.ISO_8859_1, late).encoding()).isEqualTo(StandardCharsets.ISO_8859_1);
        assertThat(guess(Charset.forName("windows-1252"), late + "k3,\u20ac\n").encoding())
                .isEqualTo(Charset.forName("windows-1252"));
    }

    @Test
    void staysWithUtf8WhereAByteIsWrong() throws IOException {
        byte[] text = ("id,name\n" + "k1,M\u00fcller\n".repeat(50) + "k2,M?ller\n").getBytes(StandardCharsets.UTF_8);
        text[text.length - 6] = (byte) 0xFC;

        assertThat(DialectGuess.of(Files.write(dir.resolve("slip.csv"), text)).encoding())
                .isEqualTo(StandardCharsets.UTF_8);
    }

    @Test
    void readsNumbersAsMostOfThemAreWritten() {
        assertThat(numbers("1889.5", "29.85")).isEqualTo(DecimalNotation.PLAIN);
        assertThat(numbers("1889,5", "29,85")).isEqualTo(new DecimalNotation(',', (char) 0));
        assertThat(numbers("1,889.5", "29.85")).isEqualTo(new DecimalNotation('.', ','));
        assertThat(numbers("1.889,5", "29,85")).isEqualTo(new DecimalNotation(',', '.'));
        assertThat(numbers("1 889,5", "29,85")).isEqualTo(new DecimalNotation(',', ' '));
        assertThat(numbers("1'889.5", "29.85")).isEqualTo(new DecimalNotation('.', '\''));
    }

    @Test
    void takesGroupsOfThreeForThousandsWhereNoNumberGoesBeyondThemWithout() {
        assertThat(numbers("1,250", "980", "12,000")).isEqualTo(new DecimalNotation('.', ','));
        assertThat(numbers("1,250", "9800", "12,000")).isEqualTo(new DecimalNotation(',', (char) 0));
        assertThat(numbers("0,250", "980")).isEqualTo(new DecimalNotation(',', (char) 0));
    }

    @Test
    void takesNoNamesInDigitsForNumbers() {
        assertThat(numbers("382 465 777", "371 719 100")).isEqualTo(DecimalNotation.PLAIN);
    }

    @Test
    void findsWordsForBlankAmongNumbersOnly() throws IOException {
        CsvDialect dialect =
                guess(StandardCharsets.UTF_8, "id,amount,plan\nk1,29.85,none\nk2,N/A,Basic\nk3,-,Plus\nk4,12,none\n");

        assertThat(dialect.blank()).containsExactly("N/A", "-");
    }
}
