package io.github.telcochurn.kafka;

import org.apache.kafka.common.header.Header;

/**
 * A record whose topic is left to the route that sends it.
 *
 * @param key null for none
 * @param headers null for none
 * @param timestampMs null for the time when it is sent
 */
public record OutgoingRecord(byte[] key, byte[] value, Iterable<Header> headers, Long timestampMs) {
    public OutgoingRecord(byte[] key, byte[] value, Iterable<Header> headers) {
        this(key, value, headers, null);
    }
}
