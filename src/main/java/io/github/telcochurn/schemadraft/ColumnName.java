package io.github.telcochurn.schemadraft;

import io.github.telcochurn.customer.ColumnNames;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The name of a column, and the words in it: {@code MonthlyFee} is "monthly fee". */
record ColumnName(String text) {
    private static final Pattern NOT_A_LETTER = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern CAMEL_CASE =
            Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

    /** In the form in which names are compared: without case, spaces and underscores. */
    String plain() {
        return ColumnNames.normalized(text);
    }

    /** The words in lower case, in their order. */
    List<String> words() {
        return NOT_A_LETTER
                .splitAsStream(text)
                .flatMap(CAMEL_CASE::splitAsStream)
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Whether one of its words is one of these. */
    boolean hasWord(List<String> any) {
        return words().stream().anyMatch(any::contains);
    }

    /** Whether it contains one of these, even within a word: names in lower case do not show where words begin. */
    boolean contains(List<String> any) {
        String plain = plain();
        return any.stream().anyMatch(plain::contains);
    }

    /** All its words together, without the characters between them: {@code Churn?} becomes churn. */
    String letters() {
        return String.join("", words());
    }
}
