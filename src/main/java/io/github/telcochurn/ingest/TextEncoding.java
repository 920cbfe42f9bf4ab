package io.github.telcochurn.ingest;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/**
 * The encoding of a file's text, from its byte order mark or else from the schema.
 *
 * @param charset one of those that a schema can name, with a byte order
 * @param markBytes the bytes of the byte order mark; 0 for none
 */
record TextEncoding(Charset charset, int markBytes) {
    private static final byte[] NONE = {};

    /**
     * Finds the encoding from a file's first bytes.
     *
     * @param start at least its first three bytes, or all of them
     * @param declared the encoding of a file without a byte order mark
     */
    static TextEncoding of(byte[] start, Charset declared) {
        if (starts(start, 0xEF, 0xBB, 0xBF)) {
            return new TextEncoding(UTF_8, 3);
        }
        if (starts(start, 0xFF, 0xFE)) {
            return new TextEncoding(UTF_16LE, 2);
        }
        if (starts(start, 0xFE, 0xFF)) {
            return new TextEncoding(UTF_16BE, 2);
        }
        // RFC 2781, section 4.3: text without a byte order mark is big-endian.
        return new TextEncoding(declared.equals(UTF_16) ? UTF_16BE : declared, 0);
    }

    private static boolean starts(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || Byte.toUnsignedInt(bytes[i]) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** How many bytes an ASCII character has: 1 or 2. */
    int unit() {
        return charset.equals(UTF_16LE) || charset.equals(UTF_16BE) ? 2 : 1;
    }

    private byte[] bytesOf(char ascii) {
        return charset.equals(UTF_16BE)
                ? new byte[] {0, (byte) ascii}
                : unit() == 2 ? new byte[] {(byte) ascii, 0} : new byte[] {(byte) ascii};
    }

    /** The first index of an ASCII character in a part of a text, or the part's end. */
    int indexOf(char ascii, byte[] text, int from, int to) {
        int at = from;
        if (unit() == 1) {
            while (at < to && text[at] != ascii) {
                at++;
            }
            return at;
        }
        byte[] wanted = bytesOf(ascii);
        while (at + 1 < to && !(text[at] == wanted[0] && text[at + 1] == wanted[1])) {
            at += 2;
        }
        return at + 1 < to ? at : to;
    }

    /** Whether a text ends with an ASCII character. */
    boolean endsWith(char ascii, byte[] text) {
        int from = text.length - unit();
        return from >= 0 && indexOf(ascii, text, from, text.length) == from;
    }

    /** A line end. */
    byte[] lineEnd(boolean returns, boolean feeds) {
        return !feeds ? NONE : (returns ? "\r\n" : "\n").getBytes(charset);
    }

    /** The text of bytes that {@link #isWellFormed}. */
    String text(byte[] bytes) {
        return new String(bytes, charset);
    }

    /** Whether all of it is text in this encoding. */
    boolean isWellFormed(byte[] bytes) {
        if (unit() == 1 && isAscii(bytes)) {
            return true;
        }
        try {
            charset.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte each : bytes) {
            if (each < 0) {
                return false;
            }
        }
        return true;
    }
}
