package io.github.telcochurn.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** The text of files that people write: UTF-8, with or without a byte order mark. */
public final class Utf8Text {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Utf8Text() {}

    /** The text is in another encoding; the message says which byte is not UTF-8 and what to do. */
    public static final class NotUtf8 extends CharacterCodingException {
        private final int line;
        private final String message;

        NotUtf8(int line, String message) {
            this.line = line;
            this.message = message + " Save the file as UTF-8.";
        }

        /** The first line that cannot be read, counted from 1. */
        public int line() {
            return line;
        }

        @Override
        public String getMessage() {
            return message;
        }
    }

    /**
     * Reads a whole file.
     *
     * @return its text, without the byte order mark
     * @throws NotUtf8 when it is in another encoding
     */
    public static String read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
            throw new NotUtf8(1, "This is UTF-16.");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(in, text, true).isError()) {
            int at = in.position();
            int line = 1
                    + (int) IntStream.range(0, at).filter(i -> bytes[i] == '\n').count();
            throw new NotUtf8(line, String.format("The byte 0x%02X is not UTF-8.", bytes[at]));
        }
        String read = text.flip().toString();
        return !read.isEmpty() && read.charAt(0) == BYTE_ORDER_MARK ? read.substring(1) : read;
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return bytes.length >= 2 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
    }
}
