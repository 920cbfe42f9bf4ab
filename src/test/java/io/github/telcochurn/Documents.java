package io.github.telcochurn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The blocks of the project's own pages, so that tests can do what they say. */
public final class Documents {
    private static final Pattern BLOCK = Pattern.compile("(?m)^```(\\w+)\\R([\\s\\S]*?)^```");

    private Documents() {}

    /** The fenced blocks of a language, in their order. */
    public static List<String> blocks(Path markdown, String language) {
        return BLOCK.matcher(textOf(markdown))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    private static String textOf(Path markdown) {
        try {
            return Files.readString(markdown);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
