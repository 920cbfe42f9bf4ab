package io.github.telcochurn.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The end of a message about an unknown name: suggests the nearest known one. */
public final class DidYouMean {
    private DidYouMean() {}

    /** A sentence that begins with a full stop and a space, or nothing when no known name is near. */
    public static String suggestion(String unknown, Collection<String> known) {
        return suggestionOr(unknown, known, "");
    }

    /** As {@link #suggestion}, or another text when no known name is near. */
    public static String suggestionOr(String unknown, Collection<String> known, String otherwise) {
        return nearest(unknown, known)
                .map(candidate -> ". Did you mean " + candidate + "?")
                .orElse(otherwise);
    }

    /** The known name that was probably meant. */
    public static Optional<String> nearest(String unknown, Collection<String> known) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        Comparator<String> nearestFirst = Comparator.<String, Integer>comparing(
                        candidate -> distance.apply(unknown, candidate))
                .thenComparing(Comparator.naturalOrder());
        String wanted = words(unknown);
        return known.stream()
                .filter(candidate -> isTypingError(distance.apply(unknown, candidate), unknown))
                .min(nearestFirst)
                // A shorter or longer form of the name: s3 means aws2-s3, churnScorer means scorer.
                .or(() -> known.stream()
                        .filter(candidate -> words(candidate).endsWith(wanted) || wanted.endsWith(words(candidate)))
                        .min(nearestFirst))
                .or(() -> known.stream()
                        .filter(candidate -> distance.apply(unknown, candidate) <= unknown.length() / 2)
                        .min(nearestFirst));
    }

    private static boolean isTypingError(int distance, String unknown) {
        return distance <= Math.max(1, unknown.length() / 4) && unknown.length() > 2;
    }

    /** The words of a name with a dash before each: churnScorer becomes {@code -churn-scorer}. */
    private static String words(String name) {
        return "-"
                + name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                        .replaceAll("[._]", "-")
                        .toLowerCase(Locale.ROOT);
    }
}
