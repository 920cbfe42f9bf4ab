package io.github.telcochurn.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The rows that a model was trained on, as the first eight bytes of a SHA-256 of each: of the customer's id and the values of all
 * columns, but not of the label, which a later file may have otherwise. It is the same row in another order of columns, in
 * another notation of numbers or with other separators. Two different rows have the same hash once in 10^19 pairs.
 */
public final class TrainingRows {
    /** The file begins with it; then come the hashes, rising, each as eight bytes, the highest first. */
    private static final byte[] HEAD = "churn-rows-1".getBytes(UTF_8);
    /** Occurs in no value: separators keep neighbours apart. */
    private static final char SEPARATOR = '\u001f';

    private final List<Field> columns;
    private final long[] hashes;

    private TrainingRows(CustomerSchema schema, long[] hashes) {
        this.columns = columnsOf(schema);
        this.hashes = hashes;
    }

    /** Sorted by their names, whatever their order in the schema's file. */
    private static List<Field> columnsOf(CustomerSchema schema) {
        return schema.fields().stream()
                .sorted(Comparator.comparing(Field::name))
                .toList();
    }

    /** Of the customers that a model learns from. */
    public static TrainingRows of(CustomerSchema schema, Collection<Customer> customers) {
        List<Field> columns = columnsOf(schema);
        return new TrainingRows(
                schema,
                customers.stream()
                        .mapToLong(customer -> hash(columns, customer))
                        .sorted()
                        .toArray());
    }

    private static long hash(List<Field> columns, Customer customer) {
        StringBuilder row = new StringBuilder(customer.customerId().strip());
        for (Field column : columns) {
            row.append(SEPARATOR);
            if (customer.has(column)) {
                row.append(column.isCategory() ? customer.category(column) : Double.toString(customer.number(column)));
            }
        }
        return ByteBuffer.wrap(DigestUtils.sha256(row.toString())).getLong();
    }

    /** Whether the model was trained on this row. */
    public boolean contains(Customer customer) {
        return Arrays.binarySearch(hashes, hash(columns, customer)) >= 0;
    }

    /** How many rows there are. */
    public int size() {
        return hashes.length;
    }

    /** The content of a file. */
    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(HEAD.length + hashes.length * Long.BYTES);
        bytes.put(HEAD).asLongBuffer().put(hashes);
        return bytes.array();
    }

    /**
     * Reads the content of a file.
     *
     * @throws IllegalArgumentException when it is none of {@link #bytes}
     */
    static TrainingRows read(CustomerSchema schema, byte[] bytes) {
        int size = bytes.length - HEAD.length;
        if (size < 0 || size % Long.BYTES != 0 || !Arrays.equals(HEAD, Arrays.copyOf(bytes, HEAD.length))) {
            throw new IllegalArgumentException("it is no file of hashes of rows");
        }
        long[] hashes = new long[size / Long.BYTES];
        ByteBuffer.wrap(bytes, HEAD.length, size).slice().asLongBuffer().get(hashes);
        return new TrainingRows(schema, hashes);
    }
}
