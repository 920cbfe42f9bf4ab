package io.github.telcochurn.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerJson;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.customer.Violation;
import io.github.telcochurn.deadletter.DeadLetterMaker;
import io.github.telcochurn.deadletter.Fault;
import io.github.telcochurn.kafka.OutgoingRecord;
import io.github.telcochurn.kafka.RecordBatch;
import io.github.telcochurn.kafka.RunHeaders;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Turns a chunk of rows into what one transaction commits: a raw message or a dead letter for each row, and the checkpoint after them. */
public final class ChunkIngest {
    private final String checkpointsTopic;
    private final CustomerValidator validator;
    private final DeadLetterMaker deadLetters;
    private final InstantSource clock;
    private final CustomerJson json;

    /**
     * Ingests rows of customers.
     *
     * @param checkpointsTopic the topic of the checkpoints, which the route does not choose
     */
    public ChunkIngest(
            String checkpointsTopic, CustomerValidator validator, DeadLetterMaker deadLetters, InstantSource clock) {
        this.checkpointsTopic = checkpointsTopic;
        this.validator = validator;
        this.json = new CustomerJson(validator.schema());
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /**
     * Makes the messages of a chunk.
     *
     * @param parsed the fields of each row of {@link CsvChunk#text()}, in its order
     */
    public IngestedChunk ingest(IngestRun run, CsvChunk chunk, List<List<String>> parsed) {
        Instant now = clock.instant();
        String eventTs = CustomerJson.timestamp(now);
        RecordBatch.Builder messages = new RecordBatch.Builder(chunk.size());
        RecordBatch.Builder rejected = new RecordBatch.Builder(0);
        int nextParsed = 0;
        int input = 0;
        for (CsvRow row : chunk.rows()) {
            if (row.isBroken()) {
                Fault fault = fault(run, row, Fault.BROKEN_ROW, "row " + row.problem());
                rejected.add(input++, rejected(run, row, null, fault, now));
                continue;
            }
            List<String> values = parsed.get(nextParsed++);
            CsvHeader header = run.file().header();
            Customer.Validated read = header.read(values, validator);
            if (read.isValid()) {
                messages.add(input++, raw(run, row, read.customer(), eventTs));
            } else {
                Fault fault = fault(run, row, Fault.INVALID_VALUES, Violation.inOneLine(read.violations()));
                String customerId = header.customerId(values);
                byte[] key = customerId == null ? null : customerId.getBytes(UTF_8);
                rejected.add(input++, rejected(run, row, key, fault, now));
            }
        }
        run.count(chunk, rejected.size());
        return new IngestedChunk(
                input, messages, rejected, checkpoint(run, chunk), deadLetters, (refused, key, why) -> {
                    CsvRow row = chunk.rows().get(refused);
                    String what = where(run, row) + "its message";
                    Fault fault = Fault.unwritable(Fault.Stage.INGEST, what, why, ChunkIngest.class);
                    return rejected(run, row, key, fault, now);
                });
    }

    private OutgoingRecord raw(IngestRun run, CsvRow row, Customer customer, String eventTs) {
        byte[] key = customer.customerId().getBytes(UTF_8);
        return new OutgoingRecord(key, json.write(customer, eventTs), headers(run, row));
    }

    private static Fault fault(IngestRun run, CsvRow row, String reason, String message) {
        return new Fault(Fault.Stage.INGEST, reason, where(run, row) + message, ChunkIngest.class, null);
    }

    private static String where(IngestRun run, CsvRow row) {
        return run.file().name() + " line " + row.line() + ": ";
    }

    private OutgoingRecord rejected(IngestRun run, CsvRow row, byte[] key, Fault fault, Instant now) {
        Headers headers = headers(run, row);
        headers.add(RunHeaders.SOURCE_FILE, run.file().name().getBytes(UTF_8));
        headers.add(RunHeaders.SOURCE_LINE, Long.toString(row.line()).getBytes(UTF_8));
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
                checkpointsTopic, key, Checkpoint.after(run, chunk).toJson());
    }
}
