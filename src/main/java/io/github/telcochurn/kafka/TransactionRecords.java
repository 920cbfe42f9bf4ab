package io.github.telcochurn.kafka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of the transaction under way. Those that cannot be written are replaced, and all are sent again in a transaction of the same
 * producer; the others are as they were.
 */
final class TransactionRecords {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionRecords.class);
    private static final int ORDINARY_BYTES = 1024;

    private final KafkaProducer<byte[], byte[]> producer;
    private final SizeLimits limits;
    private final List<Part> parts = new ArrayList<>();
    private final AtomicReference<Exception> firstFailure = new AtomicReference<>();
    private final Callback noteFailure = (metadata, failure) -> {
        if (failure != null) {
            firstFailure.compareAndSet(null, failure);
        }
    };

    TransactionRecords(KafkaProducer<byte[], byte[]> producer, SizeLimits limits) {
        this.producer = producer;
        this.limits = limits;
    }

    /** What one send of the route added, as it is sent now. */
    private static final class Part {
        private final RecordBatch batch;
        private List<ProducerRecord<byte[], byte[]>> records;
        private final Future<?>[] sent;

        private Part(RecordBatch batch) {
            this.batch = batch;
            this.records = batch.records();
            this.sent = new Future<?>[records.size()];
        }

        private void replace(int index, RecordRefused why) {
            ProducerRecord<byte[], byte[]> refused = records.get(index);
            ProducerRecord<byte[], byte[]> replacement = batch.replacement()
                    .of(index, refused, why)
                    .orElseThrow(() -> new KafkaException(
                            "A record cannot be written, and there is nothing smaller to send: " + why.getMessage(),
                            why));
            if (records == batch.records()) {
                records = new ArrayList<>(records);
            }
            records.set(index, replacement);
        }
    }

    private record Place(Part part, int index) {
        ProducerRecord<byte[], byte[]> record() {
            return part.records.get(index);
        }
    }

    /** What the route has sent. */
    List<RecordBatch> batches() {
        return parts.stream().map(part -> part.batch).toList();
    }

    /** How many records the transaction has. */
    int size() {
        return parts.stream().mapToInt(part -> part.records.size()).sum();
    }

    /** Sends without waiting: what fails is found when the transaction is to be committed. */
    void send(RecordBatch batch) {
        Part part = new Part(batch);
        parts.add(part);
        send(part);
    }

    private void send(Part part) {
        Arrays.fill(part.sent, null);
        for (int i = 0; i < part.records.size() && firstFailure.get() == null; i++) {
            for (Optional<RecordRefused> why = limits.violatedBy(part.records.get(i));
                    why.isPresent();
                    why = limits.violatedBy(part.records.get(i))) {
                part.replace(i, why.get());
            }
            part.sent[i] = send(part.records.get(i));
        }
    }

    private Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        try {
            return producer.send(record, noteFailure);
        } catch (KafkaException e) {
            firstFailure.compareAndSet(null, e);
            return null;
        }
    }

    /** Whether some record could not be sent; all of them have their results when the transaction is over. */
    boolean hasFailed() {
        return firstFailure.get() != null;
    }

    /** Sends everything once more, in the next transaction of the same producer. */
    void sendAgain() {
        parts.forEach(this::send);
    }

    /** What was sent in the end. */
    List<RecordBatch> committed() {
        return parts.stream()
                .map(part -> part.records == part.batch.records()
                        ? part.batch
                        : new RecordBatch(part.records, part.batch.eventTimesMs(), part.batch.replacement()))
                .toList();
    }

    /**
     * Replaces the records that were refused, when the transaction was aborted.
     *
     * @throws KafkaException when it is not the records' fault
     */
    void replaceRefused() {
        Map<Place, Exception> suspects = suspects();
        if (suspects.isEmpty()) {
            throw asKafkaException(firstFailure.get());
        }
        suspects.keySet().stream()
                .map(place -> place.record().topic())
                .distinct()
                .forEach(this::requireThatOrdinaryRecordsAreTaken);
        List<Place> unclear = new ArrayList<>();
        suspects.forEach((place, failure) -> {
            if (failure instanceof RecordTooLargeException) {
                // The client sends a batch that is too large again in pieces, so this record stood alone.
                limits.refusalOf(place.record()).ifPresent(why -> refuse(place, why));
            } else {
                unclear.add(place);
            }
        });
        for (Place place : refusedAlone(unclear)) {
            refuse(place, RecordRefused.byBroker(place.record().topic(), suspects.get(place)));
        }
        firstFailure.set(null);
    }

    private static void refuse(Place place, RecordRefused why) {
        LOG.warn("A record becomes a dead letter: {}", why.getMessage());
        place.part().replace(place.index(), why);
    }

    private Map<Place, Exception> suspects() {
        Map<Place, Exception> suspects = new LinkedHashMap<>();
        for (Part part : parts) {
            for (int i = 0; i < part.sent.length; i++) {
                Exception failure = part.sent[i] == null ? null : failure(part.sent[i]);
                if (isOfRecord(failure)) {
                    suspects.put(new Place(part, i), failure);
                }
            }
        }
        return suspects;
    }

    private static boolean isOfRecord(Exception failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException
                || failure instanceof InvalidTimestampException
                || failure instanceof InvalidRecordException;
    }

    private static Exception failure(Future<?> sent) {
        try {
            sent.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof Exception cause ? cause : e;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static KafkaException asKafkaException(Exception failure) {
        return failure instanceof KafkaException known ? known : new KafkaException(failure);
    }

    /** Where even these are refused, the system is at fault, and no record. */
    private void requireThatOrdinaryRecordsAreTaken(String topic) {
        byte[] value = new byte[ORDINARY_BYTES];
        new Random(ORDINARY_BYTES).nextBytes(value);
        Exception failure = failureOf(List.of(new ProducerRecord<>(topic, value, value)));
        if (failure != null) {
            throw new KafkaException(
                    "The broker refuses even an ordinary record for " + topic + ": " + failure.getMessage(), failure);
        }
    }

    /** Of records that may have been refused for their neighbours' sake, those that are refused alone; found by halving. */
    private List<Place> refusedAlone(List<Place> suspects) {
        if (suspects.isEmpty() || failureOf(suspects.stream().map(Place::record).toList()) == null) {
            return List.of();
        }
        if (suspects.size() == 1) {
            return suspects;
        }
        List<Place> refused = new ArrayList<>(refusedAlone(suspects.subList(0, suspects.size() / 2)));
        refused.addAll(refusedAlone(suspects.subList(suspects.size() / 2, suspects.size())));
        return refused;
    }

    /** Tries records in a transaction that is aborted; null when the broker takes them. */
    private Exception failureOf(List<ProducerRecord<byte[], byte[]>> records) {
        CompletableFuture<Exception> outcome = new CompletableFuture<>();
        AtomicInteger left = new AtomicInteger(records.size());
        producer.beginTransaction();
        try {
            for (ProducerRecord<byte[], byte[]> record : records) {
                var unused = producer.send(record, (metadata, failure) -> {
                    if (failure != null || left.decrementAndGet() == 0) {
                        outcome.complete(failure);
                    }
                });
            }
        } catch (KafkaException e) {
            // A record before this one has failed; if not, this one has.
            outcome.complete(e);
        }
        Exception failure = outcome.join();
        producer.abortTransaction();
        return failure;
    }
}
