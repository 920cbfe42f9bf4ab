package io.github.telcochurn.training;

import java.util.List;
import java.util.stream.IntStream;

/** A sample that needs no random numbers. */
final class EvenlySpaced {
    private EvenlySpaced() {}

    /** So many, from the first to the last, or all where there are no more. */
    static <T> List<T> of(List<T> all, int most) {
        int count = Math.min(most, all.size());
        return IntStream.range(0, count)
                .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
                .toList();
    }
}
