package io.github.telcochurn.kafka;

import java.util.Properties;
import java.util.function.Consumer;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.producer.Producer;

/**
 * Sends each {@link TransactionInputs} of a route in one transaction, for a route that does not consume from Kafka. One instance
 * serves all steps of the route that send, which Camel calls in one thread.
 */
public final class TransactionalSends extends DefaultKafkaClientFactory {
    private final Consumer<TransactionInputs.Committed> onCommit;
    private final TransactionalProducer producer = new TransactionalProducer(this::noOffsets, this::committed);

    /**
     * A producer of transactions.
     *
     * @param onCommit called with each work after its commit, in the thread that processes; it must not throw
     */
    public TransactionalSends(Consumer<TransactionInputs.Committed> onCommit) {
        this.onCommit = onCommit;
    }

    @Override
    public Producer<?, ?> getProducer(Properties config) {
        return producer.configuredBy(config);
    }

    /**
     * Makes all further transactions belong to one piece of work, which several processes may attempt: its former owner is
     * fenced, and the transaction that it left open is ended. Call it in the thread that processes, before the work is read.
     *
     * @param work is appended to the endpoint's transactional id
     */
    public void takeOver(String work) {
        producer.takeOver(work);
    }

    private TransactionalProducer.PollOffsets noOffsets(TransactionRecords sent) {
        TransactionInputs work = sent.work();
        if (work == null || sent.answered() < work.inputs()) {
            throw new IllegalStateException(
                    "The route answers " + sent.answered() + " of the "
                            + (work == null ? 0 : work.inputs())
                            + " inputs of a transaction. Each row must become a raw message or a dead letter; none may be dropped on the way.");
        }
        return null;
    }

    private void committed(TransactionRecords sent) {
        onCommit.accept(sent.committed());
    }
}
