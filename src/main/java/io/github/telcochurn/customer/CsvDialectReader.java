package io.github.telcochurn.customer;

import io.github.telcochurn.yaml.Yaml;
import java.nio.charset.Charset;

/** Reads the CSV dialect from a schema file. */
final class CsvDialectReader {
    private final SchemaProblems problems;

    CsvDialectReader(SchemaProblems problems) {
        this.problems = problems;
    }

    /** Reads the dialect; the value of a faulty key is that of {@link CsvDialect#DEFAULT}. */
    CsvDialect read(Yaml.Mapping csv) {
        char delimiter = character(csv, "delimiter", CsvDialect.DEFAULT.delimiter());
        DecimalNotation numbers = new DecimalNotation(
                character(csv, "decimal", DecimalNotation.PLAIN.decimal()),
                character(csv, "thousands", DecimalNotation.PLAIN.thousands()));
        if (numbers.decimal() == numbers.thousands()) {
            problems.add(csv.at(), "decimal and thousands are both \"" + numbers.decimal() + "\". They must differ.");
        }
        // A decimal comma does not clash with a comma as delimiter: spreadsheets put such numbers in quotes.
        if (delimiter == '"' || delimiter == '\n' || delimiter == '\r' || Character.isLetterOrDigit(delimiter)) {
            problems.add(
                    csv.get("delimiter").orElseThrow().at(),
                    "Fields cannot be separated by " + shown(delimiter) + ". Use , or ; or | or \"\\t\" for a tab.");
        }
        return new CsvDialect(
                delimiter,
                csv.scalar("encoding").map(CsvDialectReader::encoding).orElse(CsvDialect.DEFAULT.encoding()),
                numbers,
                csv.scalars("blank").stream().map(Yaml.Scalar::text).toList(),
                csv.scalar("trim").map(trim -> trim.text().equals("true")).orElse(CsvDialect.DEFAULT.isTrimmed()));
    }

    private static String shown(char delimiter) {
        return switch (delimiter) {
            case '"' -> "a quote";
            case '\n', '\r' -> "the end of the line";
            default -> "\"" + delimiter + "\"";
        };
    }

    private static char character(Yaml.Mapping csv, String key, char otherwise) {
        return csv.scalar(key)
                .filter(text -> text.text().length() == 1)
                .map(text -> text.text().charAt(0))
                .orElse(otherwise);
    }

    private static Charset encoding(Yaml.Scalar name) {
        // The form allows only encodings that every complete Java runtime supports.
        return Charset.isSupported(name.text()) ? Charset.forName(name.text()) : CsvDialect.DEFAULT.encoding();
    }
}
