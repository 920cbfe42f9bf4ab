package io.github.telcochurn.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The customers who must not be called, so that those who are can be compared with them. Whether a customer is one of them depends
 * on nothing but the id: it is the same in every run and on every machine, and as good as random. Of two percentages the larger
 * one has all members of the smaller one.
 *
 * @param percent of all customers, 0 to 50
 */
public record ControlGroup(double percent) {
    /** Makes the choice independent of any other that is made by a hash of the id. */
    private static final String SALT = "control group\n";

    private static final double HASHES = 0x1p53;

    /** Whether the customer is a member; blanks around the id do not count. */
    public boolean contains(String customerId) {
        byte[] hash = DigestUtils.sha256((SALT + customerId.strip()).getBytes(UTF_8));
        return (ByteBuffer.wrap(hash).getLong() >>> 11) / HASHES * 100 < percent;
    }
}
