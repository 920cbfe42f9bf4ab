package io.github.telcochurn.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Reads a file's lines as bytes, in its encoding; lines that were read ahead can be given back. */
final class LineReader implements Closeable {
    /** Longer lines are cut to this many bytes, so that a file without line ends cannot fill the memory. */
    static final int MAX_BYTES = 1 << 20;

    private final InputStream in;
    private final TextEncoding encoding;
    private final byte[] block = new byte[1 << 16];
    private final Deque<Line> givenBack = new ArrayDeque<>();
    private int at;
    private int end;

    /**
     * One line.
     *
     * @param bytes without the line end, at most {@link #MAX_BYTES}
     * @param lengthInFile with the line end, and all that was cut off
     * @param end the line end as it is in the file; empty when there is none
     */
    record Line(byte[] bytes, long lengthInFile, byte[] end) {
        boolean isCut() {
            return bytes.length == MAX_BYTES;
        }
    }

    /** Starts at the beginning of a line. */
    LineReader(InputStream in, TextEncoding encoding) {
        this.in = in;
        this.encoding = encoding;
    }

    /** The next line, or null at the end. A line ends with LF or CR LF; the last one may have no line end. */
    Line next() throws IOException {
        if (!givenBack.isEmpty()) {
            return givenBack.pop();
        }
        byte[] line = null;
        long length = 0;
        boolean isWhole = false;
        while (at < end || fill()) {
            int from = at;
            at = encoding.indexOf('\n', block, at, end);
            isWhole = at < end;
            line = append(line, from, at);
            at += isWhole ? encoding.unit() : 0;
            length += at - from;
            if (isWhole) {
                break;
            }
        }
        return line == null ? null : line(line, length, isWhole);
    }

    private Line line(byte[] line, long length, boolean isWhole) {
        boolean returns = line.length < MAX_BYTES && encoding.endsWith('\r', line);
        byte[] bytes = returns ? Arrays.copyOf(line, line.length - encoding.unit()) : line;
        byte[] end = encoding.lineEnd(returns, isWhole);
        return new Line(bytes, length, end);
    }

    /** Fills the whole block unless the file ends: a unit of two bytes must not be split. */
    private boolean fill() throws IOException {
        at = 0;
        end = encoding.unit() == 1 ? in.read(block) : in.readNBytes(block, 0, block.length);
        return end > 0;
    }

    private byte[] append(byte[] line, int from, int to) {
        if (line == null) {
            return Arrays.copyOfRange(block, from, to);
        }
        int added = Math.min(to - from, MAX_BYTES - line.length);
        byte[] longer = Arrays.copyOf(line, line.length + added);
        System.arraycopy(block, from, longer, line.length, added);
        return longer;
    }

    /** Makes this the next line again; give several lines back in reverse order. */
    void giveBack(Line line) {
        givenBack.push(line);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
