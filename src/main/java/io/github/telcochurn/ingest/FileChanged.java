package io.github.telcochurn.ingest;

import io.github.telcochurn.ChurnFailure;
import java.util.Locale;

/** A file is no longer the one that was checked when it was opened. To continue would mix rows of both contents. */
public final class FileChanged extends ChurnFailure {
    private static final int SHOWN_OF_A_HASH = 12;

    /**
     * Names the content that was checked, and the present one.
     *
     * @param file as it was checked
     * @param rows how many had been read by then
     * @param bytes its size now
     * @param sha256 its hash now
     */
    FileChanged(CsvFile file, long rows, long bytes, String sha256) {
        super(String.format(
                Locale.ROOT,
                "%s was changed while it was read: it had %s when it was checked, and has %s now, after %,d rows. What has"
                        + " been committed so far stays on the topics. Restore the file and resume, or ingest the new"
                        + " content from its start.",
                file.path(),
                figures(file.sizeBytes(), file.sha256()),
                figures(bytes, sha256),
                rows));
    }

    private static String figures(long bytes, String sha256) {
        return String.format(Locale.ROOT, "%,d bytes (SHA-256 %s…)", bytes, sha256.substring(0, SHOWN_OF_A_HASH));
    }
}
