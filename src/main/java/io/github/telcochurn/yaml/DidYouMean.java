package io.github.telcochurn.yaml;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The end of a message about a name that is not known: the nearest one that is. */
public final class DidYouMean {
    private DidYouMean() {}

    /** A sentence that begins with a full stop and a space, or nothing when no known name is near. */
    public static String suggestion(String unknown, Collection<String> known) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return known.stream()
                .min(Comparator.<String, Integer>comparing(candidate -> distance.apply(unknown, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(candidate -> distance.apply(unknown, candidate) <= unknown.length() / 2)
                .map(candidate -> ". Did you mean " + candidate + "?")
                .orElse("");
    }
}
