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

/** Reads a file's bytes, and checks that they are still those that the file had when it was opened. */
final class CheckedContent extends InputStream {
    private static final int BUFFER = 1 << 16;

    private final CsvFile file;
    private final InputStream in;
    private final MessageDigest digest = DigestUtils.getSha256Digest();
    private Stamp stamp;
    private long bytes;

    /** The attributes that change when a file is written or replaced, and that are cheap to read. */
    record Stamp(long sizeBytes, FileTime modifiedAt, Object fileKey) {
        static Stamp of(Path path) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        }
    }

    /** Reads all of the content, even when rows are resumed in the middle, since the hash covers the whole file. */
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
     * Checks the file itself, so that a change is noticed before the rows that were read are sent. While the hash is still
     * unknown, nothing is sent and there is nothing to compare with.
     *
     * @param rows how many have been read, for the message
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
     * Reads to the end, and checks the whole content.
     *
     * @param rows how many have been read, for the message
     * @return the hash of the content, lower-case hex
     * @throws FileChanged when the content has changed since the file was opened, or, while the hash was unknown, since it was read
     */
    String requireSame(long rows) throws IOException {
        readToEnd();
        String sha256 = Hex.encodeHexString(digest.digest());
        if (file.sha256() == null) {
            requireUnchanged(file.withSha256(sha256), rows);
        } else if (!sha256.equals(file.sha256())) {
            // Each ingest hashes what it reads again: only this proves that every row came from the file that was
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
