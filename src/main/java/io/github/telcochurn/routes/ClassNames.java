package io.github.telcochurn.routes;

import java.util.Optional;

/** Java classes by their names. */
public final class ClassNames {
    private static final String PREFIX = "#class:";

    private ClassNames() {}

    /** The class of a name or of {@code #class:name(arguments)#method}; empty when it is not on the class path. */
    public static Optional<Class<?>> find(String text) {
        try {
            return Optional.of(Class.forName(nameIn(text), false, ClassNames.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** The bare name. */
    public static String nameIn(String text) {
        String name = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
        return name.replaceFirst("[(#].*$", "").strip();
    }

    public static boolean isReference(String text) {
        return text.startsWith(PREFIX);
    }
}
