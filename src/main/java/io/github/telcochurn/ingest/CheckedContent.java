package io.github.telcochurn.ingest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/** A file's bytes as they are read, compared with what was found when the file was opened. */
final class CheckedContent extends InputStream {
    private static final int BUFFER = 1 << 16;

    private final CsvFile file;
    private final InputStream in;
    private final MessageDigest digest = DigestUtils.getSha256Digest();
    private Stamp stamp;
    private long bytes;

    /** What changes when a file is written or replaced, and costs nothing to look at. */
    record Stamp(long sizeBytes, FileTime modifiedAt, Object fileKey) {
        static Stamp of(Path path) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        }
    }

    /** All of the content; resuming in the middle also reads what comes before, since the hash covers the whole file. */
    CheckedContent(CsvFile file) throws IOException {
        this.file = file;
        this.stamp = file.stamp();
        this.in = Files.newInputStream(file.path());
    }

    static String sha256(Path path) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER)) {
            return DigestUtils.sha256Hex(in);
        }
    }

    private void readToEnd() throws IOException {
        byte[] buffer = new byte[BUFFER];
        int read = 0;
        while (read >= 0) {
            read = read(buffer, 0, buffer.length);
        }
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int read = in.read(buffer, from, length);
        if (read > 0) {
            digest.update(buffer, from, read);
            bytes += read;
        }
        return read;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    /**
     * Looks at the file itself, so that a change is noticed before what was read of it is sent. The first reading of a file, of
     * which nothing is sent, has nothing to compare with before its end.
     *
     * @param rows how many were read, for the message
     * @throws FileChanged when its content has changed
     */
    void requireUnchanged(long rows) throws IOException {
        if (file.sha256() != null) {
            requireUnchanged(file, rows);
        }
    }

    private void requireUnchanged(CsvFile checked, long rows) throws IOException {
        try {
            Stamp now = Stamp.of(file.path());
            if (!now.equals(stamp)) {
                String sha256 = sha256(file.path());
                if (!sha256.equals(checked.sha256())) {
                    throw new FileChanged(checked, rows, now.sizeBytes(), sha256);
                }
                // Only its time stamp was changed.
                stamp = now;
            }
        } catch (NoSuchFileException e) {
            // It can still be read to its end, where its hash decides.
        }
    }

    /**
     * Reads to the end, and compares all that was read.
     *
     * @param rows how many were read, for the message
     * @return the hash of it, lower-case hex
     * @throws FileChanged when it is not what was found at first; of a first reading, when the file is not what was read
     */
    String requireSame(long rows) throws IOException {
        readToEnd();
        String sha256 = Hex.encodeHexString(digest.digest());
        if (file.sha256() == null) {
            requireUnchanged(file.withSha256(sha256), rows);
        } else if (!sha256.equals(file.sha256())) {
            // Each ingest hashes what it reads once more: only this proves that all of it was the file that was
            // checked.
            throw new FileChanged(file, rows, bytes, sha256);
        }
        return sha256;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
