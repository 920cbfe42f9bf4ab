package io.github.telcochurn.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The headers that follow a customer from its source to its prediction. */
public final class RunHeaders {
    /** The run that ingested the customer. */
    public static final String RUN_ID = "churn-run-id";
    /** The file's SHA-256 and the row's number: {@code <hash>:<row>}. */
    public static final String SOURCE = "churn-source";
    /** The raw record behind a prediction: {@code <topic>-<partition>-<offset>}. */
    public static final String ORIGIN = "churn-origin";

    /** Of a rejected row: the file's name. */
    public static final String SOURCE_FILE = "churn-source-file";
    /** Of a rejected row: the file's line, from 1, on which it begins. */
    public static final String SOURCE_LINE = "churn-source-line";

    private RunHeaders() {}

    /** A header as text; empty where there is none. */
    public static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    /** The number of the row that {@link #SOURCE} names, from 1; 0 where it names none. */
    public static long row(Headers headers) {
        String source = text(headers, SOURCE);
        try {
            return Long.parseLong(source.substring(source.lastIndexOf(':') + 1));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
