package io.github.telcochurn.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Reads a file's lines as bytes; lines that were read ahead can be given back. */
final class LineReader implements Closeable {
    /** Longer lines are cut to this many bytes, so that a file without line ends cannot fill the memory. */
    static final int MOST_BYTES = 1 << 20;

    private final InputStream in;
    private final byte[] block = new byte[1 << 16];
    private final Deque<Line> givenBack = new ArrayDeque<>();
    private int at;
    private int end;

    /**
     * One line.
     *
     * @param bytes without the line end, at most {@link #MOST_BYTES}
     * @param lengthInFile with the line end, and all that was cut off
     */
    record Line(byte[] bytes, long lengthInFile) {
        boolean isCut() {
            return bytes.length == MOST_BYTES;
        }

        /** The line end as it stands in the file. */
        String end() {
            return lengthInFile == bytes.length + 2 ? "\r\n" : "\n";
        }
    }

    LineReader(InputStream in) {
        this.in = in;
    }

    /** The next line, or null at the end. A line ends with LF or CR LF, the last one also without. */
    Line next() throws IOException {
        if (!givenBack.isEmpty()) {
            return givenBack.pop();
        }
        byte[] line = null;
        long length = 0;
        while (at < end || fill()) {
            int from = at;
            while (at < end && block[at] != '\n') {
                at++;
            }
            boolean isWhole = at < end;
            line = append(line, from, at);
            at += isWhole ? 1 : 0;
            length += at - from;
            if (isWhole) {
                break;
            }
        }
        return line == null ? null : new Line(withoutCarriageReturn(line), length);
    }

    private boolean fill() throws IOException {
        at = 0;
        end = in.read(block);
        return end > 0;
    }

    private byte[] append(byte[] line, int from, int to) {
        if (line == null) {
            return Arrays.copyOfRange(block, from, to);
        }
        int added = Math.min(to - from, MOST_BYTES - line.length);
        byte[] longer = Arrays.copyOf(line, line.length + added);
        System.arraycopy(block, from, longer, line.length, added);
        return longer;
    }

    private static byte[] withoutCarriageReturn(byte[] line) {
        boolean ends = line.length > 0 && line[line.length - 1] == '\r';
        return ends ? Arrays.copyOf(line, line.length - 1) : line;
    }

    /** Makes this the next line again; of several, give back the last one first. */
    void giveBack(Line line) {
        givenBack.push(line);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
