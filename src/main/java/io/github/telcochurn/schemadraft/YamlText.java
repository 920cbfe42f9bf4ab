package io.github.telcochurn.schemadraft;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts and numbers as they stand in YAML: as they are where no reader can take them for something else, in quotes otherwise. */
final class YamlText {
    /** Begins with a letter or $, and has nothing in it that means something. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}$€£][\\p{L}\\p{N}$€£ ()./+_%&;-]*");

    /** What some reader or other takes for a truth, a number or nothing. */
    private static final Set<String> WORDS =
            Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity");

    private YamlText() {}

    static String of(String text) {
        boolean isPlain =
                PLAIN.matcher(text).matches() && !text.endsWith(" ") && !WORDS.contains(text.toLowerCase(Locale.ROOT));
        return isPlain ? text : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(at -> {
            switch (at) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(isPrintable(at) ? Character.toString(at) : escape(at));
            }
        });
        return quoted.append('"').toString();
    }

    /** Blanks that break no line look like those that do. */
    private static boolean isPrintable(int at) {
        if (at == ' ') {
            return true;
        }
        boolean isSeen = Character.isDefined(at) && !Character.isISOControl(at) && !Character.isSpaceChar(at);
        return isSeen
                && Character.getType(at) != Character.SURROGATE
                && Character.getType(at) != Character.FORMAT
                && Character.getType(at) != Character.PRIVATE_USE;
    }

    private static String escape(int at) {
        return at > 0xFFFF ? String.format("\\U%08X", at) : String.format("\\u%04X", at);
    }

    static String of(double number) {
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }

    /** A list in brackets. */
    static String list(List<String> texts) {
        return texts.stream().map(YamlText::of).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A text as it may stand in a comment: in one line. */
    static String inOneLine(String text) {
        return text.codePoints()
                .mapToObj(at -> isPrintable(at) ? Character.toString(at) : "?")
                .collect(Collectors.joining());
    }
}
