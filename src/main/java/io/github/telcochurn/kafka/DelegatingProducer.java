package io.github.telcochurn.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.KafkaMetric;

/** The producer that Camel sees, whose values may be whole {@link RecordBatch}es; what is not overridden goes to the client. */
abstract class DelegatingProducer implements Producer<Object, Object> {
    /** The client that does the work; it may be a different one at each call. */
    abstract KafkaProducer<byte[], byte[]> client();

    @Override
    public abstract Future<RecordMetadata> send(ProducerRecord<Object, Object> record);

    /** Camel calls this for asynchronous endpoints only, and ours are synchronous. */
    @Override
    public Future<RecordMetadata> send(ProducerRecord<Object, Object> record, Callback callback) {
        throw new IllegalStateException("The Kafka endpoint for " + record.topic() + " needs synchronous: true.");
    }

    @Override
    public void initTransactions() {
        client().initTransactions();
    }

    @Override
    public void beginTransaction() {
        client().beginTransaction();
    }

    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        client().sendOffsetsToTransaction(offsets, groupMetadata);
    }

    @Override
    public void commitTransaction() {
        client().commitTransaction();
    }

    @Override
    public void abortTransaction() {
        client().abortTransaction();
    }

    @Override
    public void registerMetricForSubscription(KafkaMetric metric) {
        client().registerMetricForSubscription(metric);
    }

    @Override
    public void unregisterMetricFromSubscription(KafkaMetric metric) {
        client().unregisterMetricFromSubscription(metric);
    }

    @Override
    public void flush() {
        client().flush();
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        return client().partitionsFor(topic);
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return client().metrics();
    }

    @Override
    public Uuid clientInstanceId(Duration timeout) {
        return client().clientInstanceId(timeout);
    }

    @Override
    public void close() {
        client().close();
    }

    @Override
    public void close(Duration timeout) {
        client().close(timeout);
    }
}
