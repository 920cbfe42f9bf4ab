package io.github.telcochurn.notification;

import java.util.regex.Pattern;

/** Web addresses often carry a token in their path or query, and are named by the exceptions of the HTTP client. */
public final class WebAddresses {
    private static final Pattern BEHIND_THE_HOST = Pattern.compile("(https?://[^/\\s\\]]+)/[^\\s\\]]*");

    private WebAddresses() {}

    /** The text with no more of each address than its host. */
    public static String hostsOnly(String text) {
        return BEHIND_THE_HOST.matcher(text).replaceAll("$1/…");
    }
}
