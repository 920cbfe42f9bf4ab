package io.github.telcochurn.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code {{key}}} in a text. */
public final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");

    /** These are resolved from other sources than the settings. */
    private static final String FUNCTION =
            "(env|sys|service|service\\.host|service\\.port|bean|base64|random|boolean):.*";

    private Placeholders() {}

    /**
     * A placeholder.
     *
     * @param index of its first brace in the text
     * @param key without braces, marks and default
     * @param optional whether Camel accepts an unknown key
     */
    public record Placeholder(int index, String key, boolean optional) {}

    /** Those that only the environment or a system property resolves, without a default: {@code {{env:NAME}}}. */
    public static List<Placeholder> ofEnvironment(String text) {
        List<Placeholder> found = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            String inner = matcher.group(1).strip();
            if (inner.matches("(env|sys):[^:]+")) {
                found.add(new Placeholder(matcher.start(), inner, false));
            }
        }
        return found;
    }

    public static boolean isIn(String text) {
        return PLACEHOLDER.matcher(text).find();
    }

    /** All those in a text, except those resolved from other sources than the settings, such as {@code {{env:HOME}}}. */
    public static List<Placeholder> of(String text) {
        List<Placeholder> found = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            String inner = matcher.group(1).strip();
            if (!inner.matches(FUNCTION)) {
                boolean negated = inner.startsWith("!");
                boolean optional = inner.startsWith("?") || inner.contains(":");
                String key = inner.replaceFirst(":.*$", "").substring(inner.startsWith("?") || negated ? 1 : 0);
                found.add(new Placeholder(matcher.start(), key, optional));
            }
        }
        return found;
    }

    /**
     * The text with its placeholders replaced by their values.
     *
     * @param values gives the value of a key, or null to leave the placeholder as it is
     */
    static String resolve(String text, UnaryOperator<String> values) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> {
            String inner = match.group(1).strip().replaceFirst("^[?!]", "");
            if (inner.matches(FUNCTION)) {
                return Matcher.quoteReplacement(match.group());
            }
            String[] keyAndDefault = inner.split(":", 2);
            String value = values.apply(keyAndDefault[0]);
            if (value == null && keyAndDefault.length == 2) {
                value = keyAndDefault[1];
            }
            return Matcher.quoteReplacement(value == null ? match.group() : value);
        });
    }
}
