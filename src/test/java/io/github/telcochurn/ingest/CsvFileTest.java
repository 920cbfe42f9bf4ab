package io.github.telcochurn.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.customer.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {
    private static final CustomerValidator STRICT =
            new CustomerValidator(TestProject.SCHEMA, CustomerValidator.Mode.STRICT);

    private static final CustomerValidator VALIDATOR =
            new CustomerValidator(TestProject.SCHEMA, CustomerValidator.Mode.STRICT);

    @TempDir
    private Path dir;

    private final List<String> shipped = readShipped();
    private final String header = shipped.get(0);
    private final String first = shipped.get(1);
    private final String second = shipped.get(2);

    private static List<String> readShipped() {
        try {
            return Files.readAllLines(TestProject.SHIPPED_CSV);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void readsTheShippedCustomers() {
        List<String> outcomes = outcomes(CsvFile.open(TestProject.SHIPPED_CSV, TestProject.SCHEMA), 1000);

        assertThat(outcomes)
                .isEqualTo(shipped.stream()
                        .skip(1)
                        .map(line -> line.substring(0, line.indexOf(',')))
                        .toList());
    }

    @Test
    void readsTheSameRowsInChunksOfAnySize() {
        CsvFile file = CsvFile.open(TestProject.SHIPPED_CSV, TestProject.SCHEMA);

        assertThat(outcomes(file, 1)).isEqualTo(outcomes(file, 7043));
    }

    @Test
    void goesOnAfterAnyChunkWithTheSameRows() throws IOException {
        CsvFile file = write(String.join("\r\n", header, first, broken(), "", second, first));
        List<String> whole = outcomes(file, 100);
        try (CsvChunks chunks = file.chunks(file.firstRow(), 2, Long.MAX_VALUE)) {
            CsvPosition after = chunks.next().next();

            List<String> rest = outcomes(file, after, 100);

            assertThat(after.row()).isEqualTo(3);
            assertThat(rest).isEqualTo(whole.subList(2, whole.size()));
        }
    }

    @Test
    void acceptsAByteOrderMark() throws IOException {
        assertThat(outcomes(write("\uFEFF" + header + "\n" + first + "\n"))).containsExactly("8921-FVGRR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void acceptsEitherLineEndAndNoneAtTheEnd(String end) throws IOException {
        assertThat(outcomes(write(header + end + first + end + second))).containsExactly("8921-FVGRR", "3256-QJIMI");
    }

    @Test
    void acceptsColumnsInAnyOrderAndIgnoresUnknownOnes() throws IOException {
        String reordered = "Remark," + moveFirstToEnd(header) + "\n!," + moveFirstToEnd(first) + "\n";

        assertThat(outcomes(write(reordered))).containsExactly("8921-FVGRR");
    }

    private static String moveFirstToEnd(String row) {
        int comma = row.indexOf(',');
        return row.substring(comma + 1) + "," + row.substring(0, comma);
    }

    @Test
    void readsAQuotedFieldThatSpansLines() throws IOException {
        String row = first.replace("8921-FVGRR", "\"8921\r\n\"\"FVGRR\"\"\"");

        assertThat(outcomes(write(header + "\r\n" + row + "\r\n" + second + "\r\n")))
                .containsExactly("8921\r\n\"FVGRR\"", "3256-QJIMI");
    }

    @Test
    void losesNoNeighbourToAQuoteThatIsNeverClosed() throws IOException {
        List<String> outcomes = outcomes(write(String.join("\n", header, first, broken(), second, first)));

        assertThat(outcomes)
                .containsExactly("8921-FVGRR", "line 3: has a quote that is never closed", "3256-QJIMI", "8921-FVGRR");
    }

    @Test
    void losesNoNeighbourToTwoBrokenQuotes() throws IOException {
        List<String> outcomes = outcomes(write(String.join("\n", header, broken(), second, broken(), first)));

        assertThat(outcomes)
                .containsExactly(
                        "line 2: has a quote that is never closed",
                        "3256-QJIMI",
                        "line 4: has a quote that is never closed",
                        "8921-FVGRR");
    }

    @Test
    void rejectsTextAfterAClosingQuote() throws IOException {
        String row = first.replace("8921-FVGRR", "\"8921\"-FVGRR");

        assertThat(outcomes(write(String.join("\n", header, row, second))))
                .containsExactly("line 2: has a broken quote", "3256-QJIMI");
    }

    @Test
    void takesAQuoteInsideAFieldForText() throws IOException {
        String row = first.replace("8921-FVGRR", "8921-\"FVGRR\"");

        assertThat(outcomes(write(String.join("\n", header, row, second))))
                .containsExactly("8921-\"FVGRR\"", "3256-QJIMI");
    }

    @Test
    void rejectsARowWithAMissingColumn() throws IOException {
        String row = first.substring(0, first.lastIndexOf(','));

        assertThat(outcomes(write(String.join("\n", header, row, second))))
                .containsExactly("line 2: row has 20 fields, but the header has 21", "3256-QJIMI");
    }

    @Test
    void rejectsBytesThatAreNotUtf8AndKeepsThem() throws IOException {
        byte[] row = first.replace("8921", "Müller").getBytes(ISO_8859_1);
        Path path = dir.resolve("latin1.csv");
        Files.write(path, (header + "\n").getBytes(UTF_8));
        Files.write(path, row, StandardOpenOption.APPEND);

        try (CsvChunks chunks = chunks(CsvFile.open(path, TestProject.SCHEMA), 10)) {
            CsvRow read = chunks.next().rows().get(0);
            assertThat(read.problem()).isEqualTo("is not valid UTF-8");
            assertThat(read.bytes()).isEqualTo(row);
        }
    }

    @Test
    void rejectsALineThatIsTooLongAndGoesOn() throws IOException {
        String row = first + "x".repeat(3 * LineReader.MAX_BYTES);

        assertThat(outcomes(write(String.join("\n", header, row, second))))
                .containsExactly("line 2: is longer than 1048576 bytes", "3256-QJIMI");
    }

    @Test
    void readsAFileOfHeadersOnly() throws IOException {
        assertThat(outcomes(write(header + "\n"))).isEmpty();
    }

    @Test
    void refusesAnEmptyFile() {
        assertThatThrownBy(() -> write(""))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageContaining("is empty")
                .hasMessageContaining("test.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"customerID\": \"1\"}", "\u0089PNG\r\n\u001a\n\u0000\u0000", "\"never closed", "a;b;c"})
    void refusesAFileThatIsNotCsv(String content) {
        assertThatThrownBy(() -> write(content))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageContaining("is not a CSV file of ");
    }

    @ParameterizedTest
    @CsvSource({";, semicolons", "'\t', tabs", "|, vertical bars"})
    void saysWhatAFileSeparatesItsFieldsByInsteadOfCommas(String separator, String plural) {
        assertThatThrownBy(() -> write(header.replace(",", separator) + "\n" + first.replace(",", separator)))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageContaining(
                        "test.csv separates its fields by " + plural + ", but the schema does not say so.")
                .hasMessageContaining("Add csv: {delimiter: ");
    }

    @Test
    void saysThatAFileIsInUtf16WithoutAMarkAndWhatToDo() throws IOException {
        Path path = Files.writeString(dir.resolve("test.csv"), header + "\n" + first, StandardCharsets.UTF_16LE);

        assertThatThrownBy(() -> CsvFile.open(path, TestProject.SCHEMA))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageContaining("is encoded in UTF-16 without a byte order mark")
                .hasMessageContaining(
                        "Write csv: {encoding: UTF-16LE} in the schema, or convert it: iconv -f UTF-16LE");
    }

    @Test
    void saysThatAFileIsASpreadsheetAndWhatToDo() throws IOException {
        Path zip = dir.resolve("test.xlsx");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("sheet1.xml"));
        }

        assertThatThrownBy(() -> CsvFile.open(zip, TestProject.SCHEMA))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageContaining("is a zip archive or a spreadsheet");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void readsRegularFilesAndLinksToThemOnly() throws Exception {
        Path pipe = dir.resolve("pipe");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        Path regular = TestProject.shippedCustomers(dir.resolve("regular.csv"), 1);
        Path link = Files.createSymbolicLink(dir.resolve("link.csv"), regular);

        assertThat(CsvFile.open(link, TestProject.SCHEMA).sizeBytes()).isEqualTo(Files.size(regular));
        assertThatThrownBy(() -> CsvFile.open(pipe, TestProject.SCHEMA))
                .isInstanceOf(NotARegularFile.class)
                .hasMessageContaining("pipe is a pipe or a device, not a regular file");
        assertThatThrownBy(() -> CsvFile.open(dir, TestProject.SCHEMA))
                .isInstanceOf(NotARegularFile.class)
                .hasMessageContaining("is a folder");
        assertThatThrownBy(() -> CsvFile.open(Path.of("-"), TestProject.SCHEMA))
                .isInstanceOf(NotARegularFile.class)
                .hasMessageContaining("Standard input (-) cannot be ingested");
    }

    @Test
    void givesNoRowAfterTheFileWasCutOff() throws IOException {
        Path path = dir.resolve("test.csv");
        CsvFile file = CsvFile.open(TestProject.shippedCustomers(path, 1), TestProject.SCHEMA);
        try (CsvChunks chunks = chunks(file, 1000)) {
            assertThat(chunks.next().size()).isEqualTo(1000);
            long size = Files.size(path);
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(size / 2);
            }

            assertThatThrownBy(chunks::next)
                    .isInstanceOf(FileChanged.class)
                    .hasMessageContaining(String.format(
                            Locale.ROOT,
                            "it had %,d bytes (SHA-256 %s…)",
                            size,
                            file.sha256().substring(0, 12)))
                    .hasMessageContaining(String.format(
                            Locale.ROOT,
                            "has %,d bytes (SHA-256 %s…)",
                            size / 2,
                            CsvFile.open(path, TestProject.SCHEMA).sha256().substring(0, 12)))
                    .hasMessageContaining("after 2,000 rows");
        }
    }

    @Test
    void givesNoRowOfAFileThatReplacedTheCheckedOne() throws IOException {
        CsvFile file = write(String.join("\n", header, first, second));
        Path other = Files.writeString(dir.resolve("other.csv"), String.join("\n", header, second, first));
        Files.move(other, file.path(), StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> outcomes(file, 1)).isInstanceOf(FileChanged.class);
    }

    @Test
    void noticesAChangeThatNeitherSizeNorTimeShows() throws IOException {
        CsvFile file = write(String.join("\n", header, first, second));
        FileTime modified = Files.getLastModifiedTime(file.path());
        Files.writeString(file.path(), String.join("\n", header, second, first));
        Files.setLastModifiedTime(file.path(), modified);

        assertThatThrownBy(() -> outcomes(file, 1)).isInstanceOf(FileChanged.class);
        assertThatThrownBy(() -> outcomes(file, new CsvPosition(2, 3, header.length() + first.length() + 2), 1))
                .as("resumed behind the change")
                .isInstanceOf(FileChanged.class);
        assertThatThrownBy(() -> file.chunks(file.firstRow(), 5, 1).next())
                .as("no more than one row wanted")
                .isInstanceOf(FileChanged.class);
    }

    @Test
    void readsAFileThatWasTouchedOnly() throws IOException {
        CsvFile file = write(String.join("\n", header, first, second));
        Files.setLastModifiedTime(file.path(), FileTime.from(Instant.EPOCH));

        assertThat(outcomes(file, 1)).containsExactly("8921-FVGRR", "3256-QJIMI");
    }

    @Test
    void findsTheHashAlongWithTheRows() throws IOException {
        CsvFile file = write(String.join("\n", header, first, second));
        List<String> ids = new ArrayList<>();

        CsvFile read = CsvFile.read(
                file.path(), STRICT, (row, line) -> ids.add(row.customer().customerId()));

        assertThat(ids).hasSize(2);
        assertThat(read.sha256()).isEqualTo(file.sha256());
        assertThat(CsvFile.unread(file.path(), TestProject.SCHEMA).sha256()).isNull();
    }

    @Test
    void refusesAFileThatIsReplacedWhileItIsReadForTheFirstTime() throws IOException {
        CsvFile file = CsvFile.open(TestProject.shippedCustomers(dir.resolve("test.csv"), 2), TestProject.SCHEMA);
        Path other = Files.writeString(dir.resolve("other.csv"), String.join("\n", header, second, first));

        assertThatThrownBy(() -> CsvFile.read(file.path(), STRICT, (row, line) -> replace(file.path(), other)))
                .isInstanceOf(FileChanged.class)
                .hasMessageContaining(file.sha256().substring(0, 12))
                .hasMessageContaining("after 14,086 rows");
    }

    @Test
    void readsAFileThatIsTouchedWhileItIsReadForTheFirstTime() throws IOException {
        CsvFile file = CsvFile.open(TestProject.shippedCustomers(dir.resolve("test.csv"), 2), TestProject.SCHEMA);

        CsvFile read = CsvFile.read(file.path(), STRICT, (row, line) -> touch(file.path()));

        assertThat(read.sha256()).isEqualTo(file.sha256());
    }

    private static void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replace(Path file, Path other) {
        try {
            if (Files.exists(other)) {
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void namesEveryColumnThatTheHeaderLacks() {
        assertThatThrownBy(() -> write(header.replace("tenure", "Tenures").replace("Contract,", "") + "\n"))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageContaining(
                        "its header lacks tenure, Contract. If it has Tenures for tenure, add that to the aliases");
    }

    @Test
    void namesAColumnThatStandsTwice() {
        assertThatThrownBy(() -> write(header + ",tenure\n"))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageContaining("has tenure twice");
    }

    @Test
    void saysWhenThereIsNoFile() {
        assertThatThrownBy(() -> CsvFile.open(dir.resolve("none.csv"), TestProject.SCHEMA))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageContaining("No file at");
    }

    private String broken() {
        return "\"" + first;
    }

    private CsvFile write(String content) throws IOException {
        return CsvFile.open(Files.writeString(dir.resolve("test.csv"), content), TestProject.SCHEMA);
    }

    private static CsvChunks chunks(CsvFile file, int size) {
        return file.chunks(file.firstRow(), size, Long.MAX_VALUE);
    }

    private static List<String> outcomes(CsvFile file) {
        return outcomes(file, 3);
    }

    private static List<String> outcomes(CsvFile file, int chunkSize) {
        return outcomes(file, file.firstRow(), chunkSize);
    }

    /** For each row the customer's id, or the line and what is wrong there. */
    private static List<String> outcomes(CsvFile file, CsvPosition from, int chunkSize) {
        List<String> outcomes = new ArrayList<>();
        try (CsvChunks chunks = file.chunks(from, chunkSize, Long.MAX_VALUE)) {
            while (chunks.hasNext()) {
                CsvChunk chunk = chunks.next();
                List<CSVRecord> parsed =
                        CSVParser.parse(chunk.text(), CSVFormat.DEFAULT).getRecords();
                int next = 0;
                for (CsvRow row : chunk.rows()) {
                    if (row.isBroken()) {
                        outcomes.add("line " + row.line() + ": " + row.problem());
                        continue;
                    }
                    Customer.Validated read =
                            file.header().read(parsed.get(next++).toList(), VALIDATOR);
                    outcomes.add(
                            read.isValid()
                                    ? read.customer().customerId()
                                    : "line " + row.line() + ": " + Violation.inOneLine(read.violations()));
                }
                assertThat(next).as("the parser sees the rows that we framed").isEqualTo(parsed.size());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return outcomes;
    }
}
