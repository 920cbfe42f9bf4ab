package io.github.telcochurn.batch.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * Counts how many ids repeat another one, by a hash of 64 bits for each: 8 bytes an id, and 16 while they are counted. Two ids
 * that share a hash, which makes the count one too high, are to be expected once in 370,000 files of ten million ids.
 */
final class RepeatedIds {
    private final LongStream.Builder hashes = LongStream.builder();

    /** Adds an id; blanks around it do not count. */
    void add(String id) {
        hashes.add(MurmurHash3.hash128x64(id.strip().getBytes(UTF_8))[0]);
    }

    /** How many of the added ids are repetitions. Call it once, after the last one. */
    long count() {
        long[] sorted = hashes.build().toArray();
        Arrays.sort(sorted);
        long repeated = 0;
        for (int i = 1; i < sorted.length; i++) {
            repeated += sorted[i] == sorted[i - 1] ? 1 : 0;
        }
        return repeated;
    }
}
