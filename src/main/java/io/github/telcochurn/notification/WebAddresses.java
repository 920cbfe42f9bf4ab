package io.github.telcochurn.notification;

import java.util.regex.Pattern;

/** Removes secrets from web addresses: their paths and queries often contain a token, and exceptions of the HTTP client quote them. */
public final class WebAddresses {
    private static final Pattern AFTER_THE_HOST = Pattern.compile("(https?://[^/\\s\\]]+)/[^\\s\\]]*");

    private WebAddresses() {}

    /** The text with each address reduced to its host. */
    public static String hostsOnly(String text) {
        return AFTER_THE_HOST.matcher(text).replaceAll("$1/…");
    }
}
