package io.github.telcochurn.schemadraft;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts and numbers in YAML: plain when no reader can misunderstand them, in quotes otherwise. */
final class YamlText {
    /** Begins with a letter or a currency sign, and has no character with a meaning in YAML. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}$€£][\\p{L}\\p{N}$€£ ()./+_%&;-]*");

    /** Words that some YAML reader takes for a boolean, a number or null. */
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

    /** Whether it can be seen as what it is; a non-breaking space looks like a space. */
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

    /** A text in one line, for a comment. */
    static String inOneLine(String text) {
        return text.codePoints()
                .mapToObj(at -> isPrintable(at) ? Character.toString(at) : "?")
                .collect(Collectors.joining());
    }
}
