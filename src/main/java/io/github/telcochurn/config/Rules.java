package io.github.telcochurn.config;

import java.net.URI;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.regex.Pattern;

/** What values of some kinds must look like. */
final class Rules {
    private static final Pattern ADDRESS = Pattern.compile("(?:[^<>@,]*<)?[^\\s<>@,]+@[^\\s<>@,]+>?");

    private Rules() {}

    /** Whether it can be connected to, as far as the text can tell. */
    static boolean isHost(String text) {
        return !text.matches(".*[\\s/@:'\"].*");
    }

    /** {@code a@example.com}, or {@code Name <a@example.com>}. */
    static boolean isMailAddress(String text) {
        return ADDRESS.matcher(text.strip()).matches();
    }

    static boolean areMailAddresses(String text) {
        return Arrays.stream(text.split(",", -1)).allMatch(Rules::isMailAddress);
    }

    /** An id that {@link java.util.TimeZone} knows too, which takes any other for GMT without a word. */
    static boolean isTimeZone(String text) {
        return ZoneId.getAvailableZoneIds().contains(text);
    }

    /** The address of a PostgreSQL database, with its server. */
    static boolean isPostgresAddress(String text) {
        return text.matches("jdbc:postgresql://[^\\s/?]+/\\S+");
    }

    /** A whole address of http or https. */
    static boolean isWebAddress(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
