package io.github.telcochurn.schemadraft;

/**
 * Counts different texts by their hashes: exactly as long as memory allows, then by the share of all hashes that begin with
 * enough zeros. Whether a text is kept does not depend on its row, so repeated texts are noticed among those that are kept.
 */
final class DistinctValues {
    /** Enough hashes for a count within three per cent, once a text has come twice. */
    private static final int ENOUGH = 2048;

    private static final int INITIAL_SLOTS = 64;

    private final Budget budget;
    private long[] slots = new long[INITIAL_SLOTS];
    private int size;
    private int dropped;
    private boolean anyRepeated;

    /** How many hashes all columns may keep together. */
    static final class Budget {
        private long left;

        Budget(long hashes) {
            this.left = hashes;
        }

        private boolean take(long hashes) {
            if (left < hashes) {
                return false;
            }
            left -= hashes;
            return true;
        }

        private void giveBack(long hashes) {
            left += hashes;
        }
    }

    DistinctValues(Budget budget) {
        this.budget = budget;
    }

    void add(String text) {
        long hash = hash(text);
        if (!isKept(hash)) {
            return;
        }
        if (!put(slots, hash)) {
            anyRepeated = true;
            return;
        }
        size++;
        if (size * 4L > slots.length * 3L) {
            makeRoom();
        }
    }

    private void makeRoom() {
        boolean mayGrow = !anyRepeated || size < ENOUGH;
        if (mayGrow && budget.take(slots.length)) {
            rebuild(slots.length * 2);
            return;
        }
        int before = slots.length;
        do {
            dropped++;
            rebuild(before);
        } while (anyRepeated && size > ENOUGH);
        if (anyRepeated && before > ENOUGH * 4) {
            rebuild(ENOUGH * 4);
            budget.giveBack(before - (long) slots.length);
        }
    }

    private void rebuild(int slotCount) {
        long[] old = slots;
        slots = new long[slotCount];
        size = 0;
        for (long hash : old) {
            if (hash != 0 && isKept(hash)) {
                put(slots, hash);
                size++;
            }
        }
    }

    private boolean isKept(long hash) {
        return dropped == 0 || hash >>> (Long.SIZE - dropped) == 0;
    }

    /** Puts a hash into the slots; false when it was already there. */
    private static boolean put(long[] slots, long hash) {
        int mask = slots.length - 1;
        int at = (int) hash & mask;
        while (slots[at] != 0) {
            if (slots[at] == hash) {
                return false;
            }
            at = (at + 1) & mask;
        }
        slots[at] = hash;
        return true;
    }

    /** How many different texts there are; exact unless {@link #isEstimate()}. */
    long count() {
        return (long) size << dropped;
    }

    boolean isEstimate() {
        return dropped > 0;
    }

    /** Whether no text was found twice. In a very large file, only a share of the texts is compared. */
    boolean allDiffer() {
        return !anyRepeated;
    }

    /** A hash, which is never 0: that marks a free slot. */
    private static long hash(String text) {
        long hash = 0x9E3779B97F4A7C15L ^ text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0xBF58476D1CE4E5B9L;
            hash ^= hash >>> 29;
        }
        hash = (hash ^ (hash >>> 32)) * 0x94D049BB133111EBL;
        hash ^= hash >>> 31;
        return hash == 0 ? 1 : hash;
    }
}
