package io.github.telcochurn.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerJson;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.customer.Violation;
import io.github.telcochurn.deadletter.DeadLetters;
import io.github.telcochurn.deadletter.Fault;
import io.github.telcochurn.kafka.RecordBatch;
import io.github.telcochurn.kafka.RecordRefused;
import io.github.telcochurn.kafka.RunHeaders;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Turns a chunk of rows into one transaction: a raw message or a dead letter for each row, and the checkpoint after them. */
public final class ChunkIngest {
    private final ChurnConfig.Topics topics;
    private final CustomerValidator validator;
    private final DeadLetters deadLetters;
    private final InstantSource clock;
    private final CustomerJson json = new CustomerJson();

    public ChunkIngest(
            ChurnConfig.Topics topics, CustomerValidator validator, DeadLetters deadLetters, InstantSource clock) {
        this.topics = topics;
        this.validator = validator;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /**
     * Makes the records of a chunk.
     *
     * @param parsed the fields of each row of {@link CsvChunk#text()}, in its order
     */
    public RecordBatch records(IngestRun run, CsvChunk chunk, List<List<String>> parsed) {
        Instant now = clock.instant();
        String eventTs = CustomerJson.timestamp(now);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(chunk.size() + 1);
        int nextParsed = 0;
        long rejected = 0;
        for (CsvRow row : chunk.rows()) {
            if (row.isBroken()) {
                String message = "row " + row.problem();
                records.add(rejected(run, row, null, Fault.BROKEN_ROW, message, now));
                rejected++;
                continue;
            }
            List<String> values = parsed.get(nextParsed++);
            Customer.Validated read = run.file().header().read(values, validator);
            records.add(
                    read.isValid() ? raw(run, row, read.customer(), eventTs) : invalid(run, row, values, read, now));
            rejected += read.isValid() ? 0 : 1;
        }
        run.count(chunk, rejected);
        records.add(checkpoint(run, chunk));
        return new RecordBatch(
                records, new long[0], (index, refused, why) -> replacement(run, chunk, index, refused, why, now));
    }

    /** A row whose message cannot be written is rejected; without the checkpoint, which comes last, nothing is worth writing. */
    private Optional<ProducerRecord<byte[], byte[]>> replacement(
            IngestRun run,
            CsvChunk chunk,
            int index,
            ProducerRecord<byte[], byte[]> refused,
            RecordRefused why,
            Instant now) {
        if (index == chunk.rows().size()) {
            return Optional.empty();
        }
        return deadLetters.insteadOf(refused, why, reason -> {
            String message = "its message cannot be written: " + why.getMessage();
            return rejected(run, chunk.rows().get(index), new String(refused.key(), UTF_8), reason, message, now);
        });
    }

    private ProducerRecord<byte[], byte[]> raw(IngestRun run, CsvRow row, Customer customer, String eventTs) {
        byte[] key = customer.customerId().getBytes(UTF_8);
        return new ProducerRecord<>(topics.raw(), null, null, key, json.write(customer, eventTs), headers(run, row));
    }

    private ProducerRecord<byte[], byte[]> invalid(
            IngestRun run, CsvRow row, List<String> values, Customer.Validated read, Instant now) {
        String message = Violation.inOneLine(read.violations());
        return rejected(run, row, run.file().header().customerId(values), Fault.INVALID_VALUES, message, now);
    }

    private ProducerRecord<byte[], byte[]> rejected(
            IngestRun run, CsvRow row, String customerId, String reason, String message, Instant now) {
        String file = run.file().name();
        Headers headers = headers(run, row);
        headers.add(RunHeaders.SOURCE_FILE, file.getBytes(UTF_8));
        headers.add(RunHeaders.SOURCE_LINE, Long.toString(row.line()).getBytes(UTF_8));
        String where = file + " line " + row.line() + ": " + message;
        Fault fault = new Fault(Fault.Stage.INGEST, reason, where, ChunkIngest.class, null);
        byte[] key = customerId == null ? null : customerId.getBytes(UTF_8);
        return deadLetters.of(key, row.bytes(), headers, fault, now);
    }

    private static Headers headers(IngestRun run, CsvRow row) {
        String source = run.file().sha256() + ":" + row.number();
        return new RecordHeaders()
                .add(RunHeaders.RUN_ID, run.runId().getBytes(UTF_8))
                .add(RunHeaders.SOURCE, source.getBytes(UTF_8));
    }

    private ProducerRecord<byte[], byte[]> checkpoint(IngestRun run, CsvChunk chunk) {
        byte[] key = run.checkpointKey().getBytes(UTF_8);
        return new ProducerRecord<>(
                topics.checkpoints(), key, Checkpoint.after(run, chunk).toJson());
    }
}
