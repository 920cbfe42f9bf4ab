package io.github.telcochurn.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds where rows begin and end, before any parser sees them. A quoted field may span lines, but a quote that is never closed
 * must not swallow the rows after it: when the lines joined do not make a row, only the first of them is broken.
 */
final class CsvRows implements Closeable {
    private static final int MAX_LINES_OF_A_ROW = 50;

    private final LineReader lines;
    private final TextEncoding encoding;
    private final byte delimiter;
    private final int fieldsOfARow;
    private CsvPosition position;

    /**
     * Starts at the beginning of a row.
     *
     * @param encoding of the lines
     * @param delimiter between fields, an ASCII character
     * @param fieldsOfARow how many fields a row of several lines must have to be accepted
     */
    CsvRows(LineReader lines, TextEncoding encoding, char delimiter, int fieldsOfARow, CsvPosition start) {
        this.lines = lines;
        this.encoding = encoding;
        this.delimiter = (byte) delimiter;
        this.fieldsOfARow = fieldsOfARow;
        this.position = start;
    }

    private enum State {
        COMPLETE,
        QUOTE_OPEN,
        BROKEN
    }

    private record Scan(State state, int fields) {}

    /** The next row, or null at the end. Empty lines are not rows. */
    CsvRow next() throws IOException {
        LineReader.Line line = lines.next();
        while (line != null && line.bytes().length == 0) {
            position =
                    new CsvPosition(position.row(), position.line() + 1, position.byteOffset() + line.lengthInFile());
            line = lines.next();
        }
        if (line == null) {
            return null;
        }
        if (line.isCut()) {
            return row(line, "is longer than " + LineReader.MAX_BYTES + " bytes");
        }
        Scan scan = scan(line.bytes());
        return switch (scan.state()) {
            case COMPLETE -> row(line, null);
            case BROKEN -> row(line, "has a broken quote");
            case QUOTE_OPEN -> rowOfSeveralLines(line);
        };
    }

    /** Where the row after the last one begins. */
    CsvPosition position() {
        return position;
    }

    private CsvRow row(LineReader.Line line, String problem) {
        return row(line.bytes(), 1, line.lengthInFile(), problem);
    }

    private CsvRow row(byte[] bytes, int lineCount, long lengthInFile, String problem) {
        CsvRow row = new CsvRow(
                position.row(), position.line(), bytes, problem == null ? problemOfEncoding(bytes) : problem);
        position =
                new CsvPosition(position.row() + 1, position.line() + lineCount, position.byteOffset() + lengthInFile);
        return row;
    }

    private CsvRow rowOfSeveralLines(LineReader.Line first) throws IOException {
        List<LineReader.Line> readAhead = new ArrayList<>();
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(first.bytes());
        long lengthInFile = first.lengthInFile();
        byte[] lineEnd = first.end();
        while (readAhead.size() + 1 < MAX_LINES_OF_A_ROW && joined.size() < LineReader.MAX_BYTES) {
            LineReader.Line line = lines.next();
            if (line == null) {
                break;
            }
            readAhead.add(line);
            joined.writeBytes(lineEnd);
            lineEnd = line.end();
            joined.writeBytes(line.bytes());
            lengthInFile += line.lengthInFile();
            Scan scan = scan(joined.toByteArray());
            if (scan.state() == State.BROKEN) {
                break;
            }
            if (scan.state() == State.COMPLETE) {
                if (scan.fields() == fieldsOfARow) {
                    return row(joined.toByteArray(), 1 + readAhead.size(), lengthInFile, null);
                }
                break;
            }
        }
        for (int i = readAhead.size() - 1; i >= 0; i--) {
            lines.giveBack(readAhead.get(i));
        }
        return row(first, "has a quote that is never closed");
    }

    /** Follows the quotes by the rules of RFC 4180: a quote opens a field only at its start, and nothing follows its end. */
    private Scan scan(byte[] bytes) {
        byte[] row = encoding.unit() == 1 ? bytes : encoding.text(bytes).getBytes(UTF_8);
        int fields = 1;
        boolean quoted = false;
        boolean fieldStart = true;
        for (int i = 0; i < row.length; i++) {
            byte at = row[i];
            if (quoted) {
                if (at == '"') {
                    if (i + 1 < row.length && row[i + 1] == '"') {
                        i++;
                    } else if (i + 1 < row.length && row[i + 1] != delimiter) {
                        return new Scan(State.BROKEN, fields);
                    } else {
                        quoted = false;
                    }
                }
            } else if (at == delimiter) {
                fields++;
                fieldStart = true;
                continue;
            } else if (at == '"' && fieldStart) {
                quoted = true;
            } else if (at == '\r') {
                // The parser would treat it as a line end.
                return new Scan(State.BROKEN, fields);
            }
            fieldStart = false;
        }
        return new Scan(quoted ? State.QUOTE_OPEN : State.COMPLETE, fields);
    }

    private String problemOfEncoding(byte[] bytes) {
        return encoding.isWellFormed(bytes) ? null : "is not valid " + encoding.charset();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
