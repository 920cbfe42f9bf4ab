package io.github.telcochurn.ingest;

import io.github.telcochurn.ChurnFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What files separate their fields by instead of by commas. */
enum Separator {
    SEMICOLON(";", "semicolons"),
    TAB("\t", "tabs"),
    BAR("|", "vertical bars");

    private final String text;
    private final String plural;

    Separator(String text, String plural) {
        this.text = text;
        this.plural = plural;
    }

    /**
     * Passes a header that would be none of customers with any of these either.
     *
     * @param names of which one at least makes it a header of customers
     * @throws ChurnFailure with what to do about it
     */
    static void refuse(Path file, String header, List<String> names) {
        Stream.of(values())
                .filter(each -> each.separates(header, names))
                .findFirst()
                .ifPresent(found -> {
                    throw new ChurnFailure(
                            file + " separates its fields by " + found.plural + ", and only commas are read."
                                    + " Export it again as CSV separated by commas, with a point before the decimals (29.85).");
                });
    }

    private boolean separates(String header, List<String> names) {
        return Stream.of(header.split(Pattern.quote(text), -1))
                .map(field -> field.strip().replaceAll("^\"|\"$", ""))
                .anyMatch(names::contains);
    }
}
