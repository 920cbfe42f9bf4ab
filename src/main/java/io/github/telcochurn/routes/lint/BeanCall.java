package io.github.telcochurn.routes.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A call of a method, as it is written: {@code name}, {@code name(a, b)}.
 *
 * @param arguments null when none are written, and Camel finds them itself
 */
record BeanCall(String method, List<String> arguments) {

    static BeanCall of(String text) {
        int open = text.indexOf('(');
        if (open < 0) {
            return new BeanCall(text.strip(), null);
        }
        int close = text.lastIndexOf(')');
        String inside = text.substring(open + 1, close < open ? text.length() : close);
        return new BeanCall(text.substring(0, open).strip(), split(inside));
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        char quote = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '{' || c == '(') {
                depth++;
            } else if (c == '}' || c == ')') {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(text.substring(from, i).strip());
                from = i + 1;
            }
        }
        parts.add(text.substring(from).strip());
        return parts.equals(List.of("")) ? List.of() : parts;
    }

    /**
     * The bean function of a simple expression.
     *
     * @param index of the bean's name in the text
     * @param methodIndex of the method's
     * @param call null when no method is named
     */
    record InExpression(String bean, int index, BeanCall call, int methodIndex) {}

    /** All calls of a simple expression: {@code ${bean:name?method=m(a)}}, {@code ${bean:name.m}}, {@code ${bean:name::m}}. */
    static List<InExpression> in(String expression) {
        String opening = "${bean:";
        List<InExpression> calls = new ArrayList<>();
        int at = expression.indexOf(opening);
        while (at >= 0) {
            int from = at + opening.length();
            int end = endOf(expression, from);
            calls.add(parse(expression.substring(from, end), from));
            at = expression.indexOf(opening, from);
        }
        return calls;
    }

    private static int endOf(String expression, int from) {
        int depth = 1;
        for (int i = from; i < expression.length(); i++) {
            if (expression.charAt(i) == '{') {
                depth++;
            } else if (expression.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        return expression.length();
    }

    private static InExpression parse(String function, int index) {
        for (String separator : List.of("?method=", "::", ".")) {
            int at = function.indexOf(separator);
            if (at > 0) {
                return new InExpression(
                        function.substring(0, at),
                        index,
                        of(function.substring(at + separator.length()).replaceFirst("&scope=.*$", "")),
                        index + at + separator.length());
            }
        }
        return new InExpression(function.replaceFirst("\\?.*$", ""), index, null, index);
    }

    /** The name in {@code #bean:name} or {@code #name}; empty for {@code #class:} and other ways to name an object. */
    static Optional<String> reference(String text) {
        if (!text.startsWith("#") || text.length() < 2) {
            return Optional.empty();
        }
        String name = text.startsWith("#bean:") ? text.substring("#bean:".length()) : text.substring(1);
        return name.contains(":") || name.contains("(") ? Optional.empty() : Optional.of(name);
    }
}
