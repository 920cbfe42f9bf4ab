package io.github.telcochurn.schemadraft;

import io.github.telcochurn.customer.CsvDialect;
import java.util.Set;

/** The texts that mean no value. */
final class Blanks {
    private final Set<String> words;
    private final boolean isTrimmed;

    Blanks(CsvDialect dialect) {
        this.words = Set.copyOf(dialect.blank());
        this.isTrimmed = dialect.isTrimmed();
    }

    /** The value in a field, or null when it is blank. */
    String value(String field) {
        String stripped = field.strip();
        if (stripped.isEmpty() || words.contains(stripped)) {
            return null;
        }
        return isTrimmed ? stripped : field;
    }
}
