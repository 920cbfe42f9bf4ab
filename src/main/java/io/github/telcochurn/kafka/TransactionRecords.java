package io.github.telcochurn.kafka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
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
 * The records of the current transaction. Those that cannot be written are replaced by dead letters, and all are sent again in
 * another transaction of the same producer, the others unchanged.
 */
final class TransactionRecords {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionRecords.class);
    private static final int ORDINARY_BYTES = 1024;

    private final KafkaProducer<byte[], byte[]> producer;
    private final SizeLimits limits;
    private final List<Part> parts = new ArrayList<>();
    /** Replaced when the route has sent everything: only then is it known where dead letters go. */
    private final Map<Place, RecordRefused> tooLarge = new LinkedHashMap<>();

    private final AtomicReference<Exception> firstFailure = new AtomicReference<>();
    private final Callback noteFailure = (metadata, failure) -> {
        if (failure != null) {
            firstFailure.compareAndSet(null, failure);
        }
    };
    private TransactionInputs work;
    private int replaced;
    /** An answer was sent whose input has since become a dead letter. */
    private boolean hasSentObsolete;

    TransactionRecords(KafkaProducer<byte[], byte[]> producer, SizeLimits limits) {
        this.producer = producer;
        this.limits = limits;
    }

    /** What one step of the route has sent, with the replacements. */
    private static final class Part {
        private final RecordBatch batch;
        private final Destination destination;
        /** By the index of the batch's records; null where another part has the answer to the record's input. */
        private final OutgoingRecord[] records;

        private final ProducerRecord<byte[], byte[]>[] addressed;
        private final Future<?>[] sent;
        private final BitSet replaced = new BitSet();

        @SuppressWarnings("unchecked") // Java has no generic arrays
        private Part(RecordBatch batch, Destination destination) {
            this.batch = batch;
            this.destination = destination;
            this.records = batch.records().toArray(OutgoingRecord[]::new);
            this.addressed = (ProducerRecord<byte[], byte[]>[]) new ProducerRecord<?, ?>[records.length];
            this.sent = new Future<?>[records.length];
            for (int i = 0; i < records.length; i++) {
                addressed[i] = destination.address(records[i]);
            }
        }

        private boolean isDeadLetter(int index) {
            return batch.equals(batch.work().deadLetters()) || replaced.get(index);
        }

        private void replace(int index, OutgoingRecord deadLetter, Destination ofDeadLetters) {
            records[index] = deadLetter;
            addressed[index] = ofDeadLetters.address(deadLetter);
            replaced.set(index);
        }

        private void remove(int index) {
            records[index] = null;
            addressed[index] = null;
        }
    }

    private record Place(Part part, int index) {
        ProducerRecord<byte[], byte[]> record() {
            return part.addressed[index];
        }

        private int input() {
            return part.batch.inputs()[index];
        }
    }

    /** What the steps of the route have sent, in their order. */
    List<Sent> sent() {
        return parts.stream()
                .map(part -> new Sent(part.batch, part.destination))
                .toList();
    }

    record Sent(RecordBatch batch, Destination destination) {}

    /** How many inputs of the work have an answer. */
    int answered() {
        BitSet answered = new BitSet();
        for (Part part : parts) {
            for (int input : part.batch.inputs()) {
                answered.set(input);
            }
        }
        return answered.cardinality();
    }

    /** What the records answer; null when they answer no inputs. */
    TransactionInputs work() {
        return work;
    }

    /** What was committed: the work, and how many of its inputs have become dead letters in the end. */
    TransactionInputs.Committed committed() {
        return new TransactionInputs.Committed(work, work.deadLetters().size() + replaced);
    }

    /**
     * Sends without waiting: failures are found when the transaction is to be committed.
     *
     * @throws IllegalStateException when the transaction answers something else
     */
    void send(RecordBatch batch, Destination destination) {
        if (batch.work() != null && work != null && batch.work() != work) {
            throw new IllegalStateException(
                    "A transaction holds one poll or one chunk, and this batch belongs to another one.");
        }
        if (batch.work() != null) {
            work = batch.work();
        }
        Part part = new Part(batch, destination);
        parts.add(part);
        send(part);
    }

    private void send(Part part) {
        Arrays.fill(part.sent, null);
        for (int i = 0; i < part.addressed.length && firstFailure.get() == null; i++) {
            if (part.addressed[i] != null) {
                Optional<RecordRefused> why = limits.violatedBy(part.addressed[i]);
                if (why.isPresent()) {
                    tooLarge.put(new Place(part, i), why.get());
                } else {
                    part.sent[i] = send(part.addressed[i]);
                }
            }
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

    /**
     * Completes the transaction: sends the replacements of records that are too large, and the checkpoint.
     *
     * @throws KafkaException when one of them has no replacement
     */
    void complete() {
        while (!tooLarge.isEmpty()) {
            Map<Place, RecordRefused> refused = new LinkedHashMap<>(tooLarge);
            tooLarge.clear();
            refused.forEach((place, why) -> {
                // A prediction may have been refused by two topics; the first refusal has replaced it.
                if (place.record() != null) {
                    replace(place, why);
                    sendReplacement(place);
                }
            });
        }
        if (work != null && firstFailure.get() == null) {
            work.checkpoint().ifPresent(checkpoint -> {
                // Its failure is noted like that of any other.
                Future<?> unused = send(checkpoint);
            });
        }
    }

    private void sendReplacement(Place place) {
        limits.violatedBy(place.record())
                .ifPresentOrElse(
                        still -> tooLarge.put(place, still),
                        () -> place.part().sent[place.index()] = send(place.record()));
    }

    /** Whether this must not be committed as sent. The outcome of each record is known when the transaction has ended. */
    boolean hasFailed() {
        return hasSentObsolete || firstFailure.get() != null;
    }

    /** Sends everything once more, in the next transaction of the same producer. */
    void sendAgain() {
        parts.forEach(this::send);
        complete();
    }

    /**
     * Replaces the records that were refused, after the transaction was aborted.
     *
     * @throws KafkaException when the records are not at fault
     */
    void replaceRefused() {
        hasSentObsolete = false;
        if (firstFailure.get() == null) {
            return;
        }
        Map<Place, Exception> suspects = suspects();
        if (suspects.isEmpty()) {
            throw asKafkaException(firstFailure.get());
        }
        suspects.keySet().stream()
                .map(place -> place.record().topic())
                .distinct()
                .forEach(this::requireOrdinaryRecordsAccepted);
        List<Place> unclear = new ArrayList<>();
        suspects.forEach((place, failure) -> {
            if (failure instanceof RecordTooLargeException) {
                // The client splits a batch that is too large and sends it again, so this record was alone in it.
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

    private void refuse(Place place, RecordRefused why) {
        if (place.record() != null) {
            LOG.warn("A record becomes a dead letter: {}", why.getMessage());
            replace(place, why);
        }
    }

    private void replace(Place place, RecordRefused why) {
        Part part = place.part();
        if (part.batch.work() == null) {
            throw nothingSmaller(why);
        }
        if (part.isDeadLetter(place.index())) {
            OutgoingRecord smaller =
                    work.smaller(part.records[place.index()], why).orElseThrow(() -> nothingSmaller(why));
            part.replace(place.index(), smaller, destinationOfDeadLetters());
        } else {
            part.replace(place.index(), work.deadLetter(place.input(), why), destinationOfDeadLetters());
            removeOtherAnswers(place);
            replaced++;
        }
    }

    private static KafkaException nothingSmaller(RecordRefused why) {
        return new KafkaException(
                "A record cannot be written, and there is nothing smaller to send: " + why.getMessage(), why);
    }

    /** An input gets a dead letter or a prediction, never both. */
    private void removeOtherAnswers(Place place) {
        for (Part other : parts) {
            for (int i = 0; other != place.part() && i < other.batch.inputs().length; i++) {
                if (other.batch.inputs()[i] == place.input() && other.addressed[i] != null) {
                    hasSentObsolete |= other.sent[i] != null;
                    other.remove(i);
                }
            }
        }
    }

    private Destination destinationOfDeadLetters() {
        return parts.stream()
                .filter(part -> part.batch.equals(work.deadLetters()))
                .findFirst()
                .orElseThrow(() ->
                        new KafkaException("A record cannot be written and has to become a dead letter, but the route"
                                + " does not send deadLetters in this transaction. Add a to: kafka for them."))
                .destination;
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

    /** When even these are refused, the system is at fault, not a record. */
    private void requireOrdinaryRecordsAccepted(String topic) {
        byte[] value = new byte[ORDINARY_BYTES];
        new Random(ORDINARY_BYTES).nextBytes(value);
        Exception failure = failureOf(List.of(new ProducerRecord<>(topic, value, value)));
        if (failure != null) {
            throw new KafkaException(
                    "The broker refuses even an ordinary record for " + topic + ": " + failure.getMessage(), failure);
        }
    }

    /** Of records that may have been refused because of others in their batch, those that are refused alone; by bisection. */
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

    /** Tries records in a transaction that is aborted; null when the broker accepts them. */
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
            // An earlier record has failed; if none has, this one has.
            outcome.complete(e);
        }
        Exception failure = outcome.join();
        producer.abortTransaction();
        return failure;
    }
}
