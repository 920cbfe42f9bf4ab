package io.github.telcochurn.config;

import java.net.URI;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The rules for some kinds of values. */
final class Rules {
    private static final Pattern ADDRESS = Pattern.compile("(?:[^<>@,]*<)?[^\\s<>@,]+@[^\\s<>@,]+>?");

    private Rules() {}

    /** Whether a text can be a host name or an address. */
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

    /** Whether {@link java.util.TimeZone} knows the id too; it silently treats any other as GMT. */
    static boolean isTimeZone(String text) {
        return ZoneId.getAvailableZoneIds().contains(text);
    }

    /** Whether a text is the address of a PostgreSQL database, with its server. */
    static boolean isPostgresAddress(String text) {
        return text.matches("jdbc:postgresql://[^\\s/?]+/\\S+");
    }

    /** Whether a text is an absolute http or https address. */
    static boolean isWebAddress(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
