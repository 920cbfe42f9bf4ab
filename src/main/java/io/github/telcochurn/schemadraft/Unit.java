package io.github.telcochurn.schemadraft;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The unit of the numbers of a column, when its name states one.
 *
 * @param text such as {@code months} or {@code $}
 * @param title the rest of the name, in words
 */
record Unit(String text, String title) {
    private static final Set<String> LINKS = Set.of("in", "of", "by");

    /** The unit in a name; null when it has none. */
    static Unit of(ColumnName name) {
        List<String> words = new ArrayList<>(name.words());
        String symbol = name.text()
                .codePoints()
                .filter(at -> Character.getType(at) == Character.CURRENCY_SYMBOL)
                .mapToObj(Character::toString)
                .findFirst()
                .orElse(null);
        if (words.isEmpty()) {
            return null;
        }
        if (symbol != null) {
            return new Unit(symbol, String.join(" ", words));
        }
        String unit = Vocabulary.UNITS.get(words.get(words.size() - 1));
        if (unit == null) {
            return null;
        }
        words.remove(words.size() - 1);
        while (!words.isEmpty() && LINKS.contains(words.get(words.size() - 1))) {
            words.remove(words.size() - 1);
        }
        // A name that consists of the unit alone needs no other.
        return words.isEmpty() ? null : new Unit(unit, String.join(" ", words));
    }
}
