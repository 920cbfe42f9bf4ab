package io.github.telcochurn.faults;

import java.util.Map;

/**
 * What was measured at one moment of a soak, and over the minute before it.
 *
 * @param atSeconds since the soak began
 * @param raw raw messages by then, transaction markers not counted
 * @param lag offsets of the raw topic that the scorer has not committed
 * @param p50Ms latency over the minute, from the event to a read_committed reader of its prediction
 * @param p99Ms as p50Ms
 * @param brokerBytes of disk space that the broker's folder takes
 * @param processes by name
 */
record SoakSample(
        long atSeconds,
        long raw,
        long lag,
        long p50Ms,
        long p99Ms,
        long brokerBytes,
        Map<String, ProcessFigures> processes) {}
