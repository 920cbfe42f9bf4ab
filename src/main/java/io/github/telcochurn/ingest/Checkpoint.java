package io.github.telcochurn.ingest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.kafka.TransactionInputs;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * How far a file has been ingested. It is written in the same transaction as the rows before it.
 *
 * @param file the file's name
 * @param sha256 of the file: a changed file counts as another file
 * @param rowsRejected how many of the rows so far became dead letters
 */
public record Checkpoint(
        String file,
        String sha256,
        @JsonProperty("size_bytes") long sizeBytes,
        @JsonProperty("run_id") String runId,
        @JsonProperty("next_row") long nextRow,
        @JsonProperty("next_line") long nextLine,
        @JsonProperty("byte_offset") long byteOffset,
        @JsonProperty("rows_rejected") long rowsRejected) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Checkpoint after(IngestRun run, CsvChunk chunk) {
        CsvFile file = run.file();
        CsvPosition next = chunk.next();
        return new Checkpoint(
                file.name(),
                file.sha256(),
                file.sizeBytes(),
                run.runId(),
                next.row(),
                next.line(),
                next.byteOffset(),
                run.rowsRejected());
    }

    /** The checkpoint of a chunk. */
    public static Checkpoint of(TransactionInputs chunk) {
        return fromJson(chunk.checkpoint().orElseThrow().value());
    }

    /** Where reading resumes. */
    public CsvPosition position() {
        return new CsvPosition(nextRow, nextLine, byteOffset);
    }

    /** The checkpoint's message. */
    public byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what {@link #toJson} wrote. */
    public static Checkpoint fromJson(byte[] json) {
        try {
            return JSON.readValue(json, Checkpoint.class);
        } catch (IOException e) {
            throw new UncheckedIOException("Not a checkpoint", e);
        }
    }
}
