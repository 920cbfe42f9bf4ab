package io.github.telcochurn.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.file.Path;

/** Detects the encoding of a file without a byte order mark. Reads every byte once. */
final class EncodingGuess {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final Charset ISO_8859_15 = Charset.forName("ISO-8859-15");
    private static final int BLOCK = 1 << 16;
    /** The euro sign in ISO-8859-15, and a sign that nobody uses in ISO-8859-1. */
    private static final int CURRENCY = 0xA4;
    /** Undefined in windows-1252. */
    private static final String UNDEFINED = "\u0081\u008d\u008f\u0090\u009d";

    private final long[] counts = new long[256];
    private final CharsetDecoder utf8 = UTF_8.newDecoder();
    private final ByteBuffer in = ByteBuffer.allocate(BLOCK);
    private final CharBuffer out = CharBuffer.allocate(BLOCK);
    private long zerosAtEven;
    private long zerosAtOdd;
    private long bytes;
    private long wellFormed;
    private long malformed;

    private EncodingGuess() {}

    /** The encoding that a schema should name; UTF-8 for a file with a byte order mark, which decides by itself. */
    static Charset of(Path path) throws IOException {
        EncodingGuess guess = new EncodingGuess();
        try (InputStream content = CsvFormat.text(path)) {
            byte[] block = new byte[BLOCK / 2];
            boolean isFirst = true;
            for (int read = content.readNBytes(block, 0, block.length);
                    read > 0;
                    read = content.readNBytes(block, 0, block.length)) {
                if (isFirst && TextEncoding.of(block, UTF_8).markBytes() > 0) {
                    return UTF_8;
                }
                isFirst = false;
                guess.add(block, read);
            }
        }
        return guess.charset();
    }

    private void add(byte[] block, int length) {
        for (int i = 0; i < length; i++) {
            counts[block[i] & 0xFF]++;
            if (block[i] == 0) {
                long isOdd = (bytes + i) % 2;
                zerosAtOdd += isOdd;
                zerosAtEven += 1 - isOdd;
            }
        }
        bytes += length;
        in.put(block, 0, length).flip();
        decode();
        in.compact();
    }

    private void decode() {
        while (true) {
            out.clear();
            CoderResult result = utf8.decode(in, out, false);
            for (int i = 0; i < out.position(); i++) {
                wellFormed += out.get(i) > 0x7F ? 1 : 0;
            }
            if (result.isMalformed()) {
                malformed++;
                in.position(in.position() + result.length());
            } else if (result.isUnderflow()) {
                return;
            }
        }
    }

    private Charset charset() {
        // In mostly ASCII text, every other byte is zero.
        if (Math.max(zerosAtOdd, zerosAtEven) > bytes / 4) {
            return zerosAtOdd > zerosAtEven ? UTF_16LE : UTF_16BE;
        }
        // A few errors mean broken rows, not another encoding.
        if (malformed == 0 || wellFormed > 10 * malformed) {
            return UTF_8;
        }
        long controls = 0;
        for (int i = 0x80; i < 0xA0; i++) {
            controls += counts[i];
        }
        if (controls > 0 && UNDEFINED.chars().allMatch(each -> counts[each] == 0)) {
            return WINDOWS_1252;
        }
        return counts[CURRENCY] > 0 ? ISO_8859_15 : ISO_8859_1;
    }
}
