package io.github.telcochurn.customer;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How a telco's CSV files are written.
 *
 * @param delimiter between fields
 * @param encoding of a file that has no byte order mark
 * @param numbers how numbers are written
 * @param blank texts that mean no value, as an empty field does; compared exactly, without the blanks around them
 * @param isTrimmed whether blanks around a value are removed
 */
public record CsvDialect(
        char delimiter, Charset encoding, DecimalNotation numbers, List<String> blank, boolean isTrimmed) {
    /** RFC 4180 in UTF-8. */
    public static final CsvDialect DEFAULT =
            new CsvDialect(',', StandardCharsets.UTF_8, DecimalNotation.PLAIN, List.of(), false);
}
