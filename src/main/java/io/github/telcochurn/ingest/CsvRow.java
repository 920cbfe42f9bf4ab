package io.github.telcochurn.ingest;

/**
 * One row of a file, unchanged.
 *
 * @param number from 1, the header not counted
 * @param line the file's line, from 1, on which it begins
 * @param bytes its original bytes without the line end
 * @param problem why it cannot be split into fields; null when it can
 */
record CsvRow(long number, long line, byte[] bytes, String problem) {
    boolean isBroken() {
        return problem != null;
    }
}
