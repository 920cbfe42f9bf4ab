package io.github.telcochurn.ingest;

import io.github.telcochurn.ChurnFailure;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Recognises, by its first bytes, a file that is not CSV but can be converted. */
enum FileFormat {
    ZIP(
            "504b0304",
            "is a zip archive or a spreadsheet",
            "Unpack the archive, or save the spreadsheet as CSV (UTF-8, separated by commas)"),
    XLS("d0cf11e0", "is a spreadsheet", "Save it as CSV (UTF-8, separated by commas)"),
    ZSTD("28b52ffd", "is compressed with zstd", "Unpack it: zstd -dc %s > customers.csv"),
    XZ("fd377a585a", "is compressed with xz", "Unpack it: xz -dc %s > customers.csv"),
    BZIP2("425a68", "is compressed with bzip2", "Unpack it: bzip2 -dc %s > customers.csv"),
    /** An ASCII letter, without a byte order mark before it. */
    UTF_16_UNMARKED(
            "[2-7].00",
            "is encoded in UTF-16 without a byte order mark",
            "Write csv: {encoding: UTF-16LE} in the schema, or convert it: iconv -f UTF-16LE -t UTF-8 %s > customers.csv");

    private static final int BYTES_NEEDED = 5;

    private final Pattern start;
    private final String finding;
    private final String remedy;

    /**
     * A format.
     *
     * @param start its first bytes in hex, as a regular expression
     * @param remedy what to do, with a placeholder for the file
     */
    FileFormat(String start, String finding, String remedy) {
        this.start = Pattern.compile(start);
        this.finding = finding;
        this.remedy = remedy;
    }

    /**
     * Accepts what may be CSV.
     *
     * @param content at least its first bytes
     * @param encoding in which it would be read
     * @throws ChurnFailure when it is one of these formats, with what to do about it
     */
    static void refuse(Path file, byte[] content, TextEncoding encoding) {
        Stream.of(values())
                .filter(format -> format.begins(content) && (format != UTF_16_UNMARKED || encoding.unit() == 1))
                .findFirst()
                .ifPresent(format -> {
                    throw new ChurnFailure(file + " " + format.finding + ", but only CSV files are read, plain or"
                            + " compressed with gzip. " + String.format(format.remedy, file) + ".");
                });
    }

    private boolean begins(byte[] content) {
        String hex = HexFormat.of().formatHex(content, 0, Math.min(content.length, BYTES_NEEDED));
        return start.matcher(hex).lookingAt();
    }
}
