package io.github.telcochurn.ingest;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.CustomerCsv;
import io.github.telcochurn.customer.CustomerSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The usual separators of fields. */
enum Separator {
    COMMA(',', "commas", "\",\""),
    SEMICOLON(';', "semicolons", "\";\""),
    TAB('\t', "tabs", "\"\\t\""),
    BAR('|', "vertical bars", "\"|\"");

    private final char character;
    private final String plural;
    private final String inYaml;

    Separator(char character, String plural, String inYaml) {
        this.character = character;
        this.plural = plural;
        this.inYaml = inYaml;
    }

    char character() {
        return character;
    }

    /**
     * Accepts a header that would not fit the schema with any of these separators either.
     *
     * @throws ChurnFailure with what to do about it
     */
    static void refuse(Path file, String header, CustomerSchema schema) {
        Stream.of(values())
                .filter(each -> each.character != schema.csv().delimiter() && each.separates(header, schema))
                .findFirst()
                .ifPresent(found -> {
                    throw new ChurnFailure(file + " separates its fields by " + found.plural
                            + ", but the schema does not say so. Add csv: {delimiter: " + found.inYaml
                            + "} to it, and the notation of numbers (decimal: \",\") if it is not that of 29.85.");
                });
    }

    private boolean separates(String header, CustomerSchema schema) {
        List<String> names = Stream.of(header.split(Pattern.quote(String.valueOf(character)), -1))
                .map(field -> field.strip().replaceAll("^\"|\"$", ""))
                .toList();
        return !new CustomerCsv(schema, names).isUnrelated();
    }
}
