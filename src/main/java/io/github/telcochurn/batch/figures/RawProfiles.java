package io.github.telcochurn.batch.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The profiles of raw messages by their position on the topic, in a few bytes each. */
final class RawProfiles {
    private final String topic;
    private final Map<Integer, Partition> partitions = new HashMap<>();
    private long size;

    RawProfiles(String topic) {
        this.topic = topic;
    }

    /** Ascending offsets, and the profile at each. */
    private static final class Partition {
        private long[] offsets = new long[1024];
        private final List<Profile> profiles = new ArrayList<>();

        void add(long offset, Profile profile) {
            if (profiles.size() == offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * offsets.length);
            }
            offsets[profiles.size()] = offset;
            profiles.add(profile);
        }

        Profile at(long offset) {
            int found = Arrays.binarySearch(offsets, 0, profiles.size(), offset);
            return found < 0 ? Profile.UNKNOWN : profiles.get(found);
        }
    }

    /** Adds a message; each partition's come in the order of their offsets. */
    void add(int partition, long offset, Profile profile) {
        partitions.computeIfAbsent(partition, p -> new Partition()).add(offset, profile);
        size++;
    }

    /** How many messages there are. */
    long size() {
        return size;
    }

    /**
     * The profile at a place, {@link Profile#UNKNOWN} where there is none.
     *
     * @param origin {@code <topic>-<partition>-<offset>}
     */
    Profile at(String origin) {
        int beforeOffset = origin.lastIndexOf('-');
        int beforePartition = origin.lastIndexOf('-', beforeOffset - 1);
        if (beforePartition < 0 || !origin.substring(0, beforePartition).equals(topic)) {
            return Profile.UNKNOWN;
        }
        try {
            int partition = Integer.parseInt(origin, beforePartition + 1, beforeOffset, 10);
            long offset = Long.parseLong(origin, beforeOffset + 1, origin.length(), 10);
            Partition found = partitions.get(partition);
            return found == null ? Profile.UNKNOWN : found.at(offset);
        } catch (NumberFormatException e) {
            return Profile.UNKNOWN;
        }
    }
}
