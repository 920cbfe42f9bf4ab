package io.github.telcochurn.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.telcochurn.TestProject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A raw message that must become a dead letter.
 *
 * @param name what is wrong with it
 * @param value its bytes, or null
 * @param timestamp of the record, epoch milliseconds; null for that of the send
 */
record Poison(String name, byte[] value, List<Header> headers, Long timestamp) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NEARLY_A_MEGABYTE = 900_000;
    private static final int HUGE_ID = 600_000;
    private static final int FIVE_MEGABYTES = 5_000_000;
    private static final long IN_2099_MS = Instant.parse("2099-01-01T00:00:00Z").toEpochMilli();
    private static final String CUSTOMER = TestProject.firstCustomerAsJson();

    @Override
    public String toString() {
        return name;
    }

    /** As a record with a key of its own. */
    ProducerRecord<byte[], byte[]> record(String topic) {
        return new ProducerRecord<>(topic, null, timestamp, name.getBytes(UTF_8), value, headers);
    }

    /** All kinds. */
    static List<Poison> corpus() {
        List<Poison> all = new ArrayList<>();
        addBrokenBytes(all);
        addBrokenJson(all);
        addOtherJson(all);
        addBrokenNumbers(all);
        addBrokenCategories(all);
        addBrokenIdentities(all);
        addOddHeaders(all);
        return all;
    }

    private static void addBrokenBytes(List<Poison> all) {
        all.add(bytes("null value", null));
        all.add(bytes("no bytes", new byte[0]));
        all.add(bytes("bad UTF-8", swapped("Month-to-month", "\u00c3(").getBytes(ISO_8859_1)));
        all.add(bytes(
                "overlong UTF-8", swapped("Month-to-month", "\u00c0\u00af").getBytes(ISO_8859_1)));
        all.add(bytes(
                "a lone surrogate",
                swapped("Month-to-month", "\u00ed\u00a0\u0080").getBytes(ISO_8859_1)));
        all.add(bytes("compressed", gzip(CUSTOMER)));
        all.add(bytes("zeros, nearly a megabyte", new byte[NEARLY_A_MEGABYTE]));
    }

    private static void addBrokenJson(List<Poison> all) {
        all.add(text("truncated", CUSTOMER.substring(0, CUSTOMER.length() / 2)));
        all.add(text("truncated in an escape", "{\"customerID\":\"\\u00"));
        all.add(text("two objects", CUSTOMER + CUSTOMER));
        all.add(text("garbage after the object", CUSTOMER + "}"));
        all.add(text("a comment", "/* no */" + CUSTOMER));
        all.add(replaced("single quotes", "\"", "'"));
        all.add(replaced("a line break in a string", "Month-to-month", "Month\nto-month"));
        all.add(text("nested too deeply", "[".repeat(20_000)));
        all.add(text(
                "nested too deeply in a field",
                swapped("{", "{\"extra\":" + "[".repeat(5000) + "]".repeat(5000) + ",")));
        all.add(replaced("a field name of 60 KB", "{", "{\"" + "x".repeat(60_000) + "\":1,"));
    }

    private static void addOtherJson(List<Poison> all) {
        all.add(text("an array", "[" + CUSTOMER + "]"));
        all.add(text("a string", "\"customer\""));
        all.add(text("a number", "42"));
        all.add(text("an empty object", "{}"));
        all.add(text("a line of CSV", "7590-VHVEG,Female,0,Yes,No,1"));
        all.add(text("XML", "<customer id=\"7590-VHVEG\"/>"));
    }

    private static void addBrokenNumbers(List<Poison> all) {
        all.add(replaced("NaN", "29.85", "NaN"));
        all.add(changed("NaN as text", customer -> customer.put("MonthlyCharges", "NaN")));
        all.add(changed("infinity as text", customer -> customer.put("MonthlyCharges", "Infinity")));
        all.add(replaced("a number beyond doubles", "29.85", "1e400"));
        all.add(replaced("a number of 2,000 digits", "29.85", "9".repeat(2000)));
        all.add(changed("negative tenure", customer -> customer.put("tenure", -1)));
        all.add(changed("half a month", customer -> customer.put("tenure", 1.5)));
        all.add(changed("a flag of 2", customer -> customer.put("SeniorCitizen", 2)));
        all.add(changed("a boolean for a number", customer -> customer.put("tenure", true)));
        all.add(changed("no total after three months", customer -> customer.put("tenure", 3)
                .putNull("TotalCharges")));
        all.add(changed("a formula for a number", customer -> customer.put("MonthlyCharges", "=1+1")));
        all.add(replaced("a field twice", "{", "{\"tenure\":5,"));
    }

    private static void addBrokenCategories(List<Poison> all) {
        all.add(changed("an unknown category", customer -> customer.put("Contract", "Weekly")));
        all.add(changed("a category in the wrong case", customer -> customer.put("Partner", "yes")));
        all.add(changed("null for a category", customer -> customer.putNull("gender")));
        all.add(changed("an object for a category", customer -> customer.putObject("gender")));
        all.add(changed("an array for a category", customer -> customer.putArray("gender")
                .add("Male")));
        all.add(changed("no contract", customer -> customer.remove("Contract")));
        all.add(changed("a spreadsheet formula", customer -> customer.put("Contract", "=cmd|'/C calc'!A0")));
        all.add(changed("markup", customer -> customer.put("Contract", "<script>alert(1)</script>")));
        all.add(changed(
                "a category of nearly a megabyte",
                customer -> customer.put("Contract", "x".repeat(NEARLY_A_MEGABYTE))));
    }

    private static void addBrokenIdentities(List<Poison> all) {
        all.add(changed("no customerID", customer -> customer.remove("customerID")));
        all.add(changed("a blank customerID", customer -> customer.put("customerID", " ")));
        all.add(changed("a label that is neither Yes nor No", customer -> customer.put("Churn", "perhaps")));
    }

    private static void addOddHeaders(List<Poison> all) {
        all.add(withHeaders("duplicate headers", header("trace", "1"), header("trace", "2"), header("trace", "1")));
        all.add(withHeaders("a header without a value", new RecordHeader("trace", (byte[]) null)));
        all.add(withHeaders("a count of attempts that is not a number", header("churn-attempts", "many")));
    }

    /**
     * Messages that broker, producer or model cannot take, either themselves or their results. They need a producer that
     * compresses and a raw topic that takes any timestamp: see {@link Feed}.
     */
    static List<Poison> hostile() {
        String letters = new SplittableRandom(HUGE_ID)
                .ints(HUGE_ID, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return List.of(
                changed("a customerID of 600,000 letters", customer -> customer.put("customerID", letters)),
                text("broken, 5 MB, compressible", "{\"customerID\":\"" + "x".repeat(FIVE_MEGABYTES)),
                replaced("a charge that the model cannot score", "29.85", "1e41"),
                new Poison("a time stamp of 2099", "not JSON".getBytes(UTF_8), List.of(), IN_2099_MS),
                new Poison("a time stamp of 1970", "not JSON".getBytes(UTF_8), List.of(), 1L));
    }

    private static Poison bytes(String name, byte[] value) {
        return new Poison(name, value, List.of(), null);
    }

    private static Poison text(String name, String value) {
        return bytes(name, value.getBytes(UTF_8));
    }

    private static Poison replaced(String name, String part, String by) {
        return text(name, swapped(part, by));
    }

    private static String swapped(String part, String by) {
        if (!CUSTOMER.contains(part)) {
            throw new IllegalStateException("The customer has no " + part + ": " + CUSTOMER);
        }
        return CUSTOMER.replace(part, by);
    }

    private static Poison changed(String name, Consumer<ObjectNode> change) {
        return bytes(name, customer(change));
    }

    /** A shipped customer as a raw message, with a change. */
    static byte[] customer(Consumer<ObjectNode> change) {
        try {
            ObjectNode customer = (ObjectNode) JSON.readTree(CUSTOMER);
            change.accept(customer);
            return JSON.writeValueAsBytes(customer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Poison withHeaders(String name, Header... headers) {
        return new Poison(name, "not JSON".getBytes(UTF_8), Arrays.asList(headers), null);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
