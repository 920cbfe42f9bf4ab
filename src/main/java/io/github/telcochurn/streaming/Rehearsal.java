package io.github.telcochurn.streaming;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.ingest.CustomerSampler;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.ScratchTopics;
import io.github.telcochurn.pipeline.Assembly;
import io.github.telcochurn.pipeline.Drain;
import io.github.telcochurn.pipeline.Pipeline;
import io.github.telcochurn.scoring.ChurnModel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A warm-up run of the routes on made-up customers and scratch topics, before the first real event. Without it that event would
 * wait half a second while classes are loaded, code is compiled and coordinators are found.
 */
public final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final String PURPOSE = "rehearsal";
    private static final int EVENTS_PER_SECOND = 10_000;
    private static final int SECONDS = 3;
    private static final int CUSTOMERS = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ChurnConfig config;

    public Rehearsal(ChurnConfig config) {
        this.config = config;
    }

    /** Feeds and scores for some seconds, unless messages are already waiting, which a rehearsal would delay. */
    public void ofScoring(ChurnModel model) throws InterruptedException {
        if (!hasBacklog()) {
            rehearse(model);
        }
    }

    private boolean hasBacklog() {
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            return new Drain(topics, config.groupId(), PATIENCE)
                            .lag(config.topics().raw())
                    > 0;
        }
    }

    /**
     * Feeds only.
     *
     * @throws ChurnFailure when the broker is gone at the end: what follows would wait for it forever
     */
    public void ofIngest() throws InterruptedException {
        rehearse(null);
        if (!KafkaTopics.answers(config.kafka().bootstrapServers(), PATIENCE)) {
            throw new ChurnFailure(
                    "The broker at " + config.kafka().bootstrapServers()
                            + " has stopped answering during the rehearsal. Nothing was sent. Start it again, then repeat the command.");
        }
    }

    private void rehearse(ChurnModel model) throws InterruptedException {
        try (ScratchTopics scratch = ScratchTopics.create(config, PURPOSE)) {
            CustomerSampler sampler = sampler();
            ChurnBeans beans = new ChurnBeans(scratch.config()).withStreamingIngest(sampler);
            if (model == null) {
                run(scratch.config(), sampler, beans.assembly());
            } else {
                run(
                        scratch.config(),
                        sampler,
                        beans.withScoring(model, scored -> {}).assembly());
            }
        } catch (ChurnFailure e) {
            // A broker that refuses scratch topics costs some latency at the start, and nothing else.
            LOG.info("No rehearsal: {}", e.getMessage());
        }
    }

    private CustomerSampler sampler() {
        return new CustomerSampler(
                config.schema(),
                IntStream.range(0, CUSTOMERS).mapToObj(config.schema()::example).toList(),
                EVENTS_PER_SECOND,
                EVENTS_PER_SECOND * SECONDS,
                0,
                PURPOSE,
                InstantSource.system(),
                System::nanoTime);
    }

    private static void run(ChurnConfig config, CustomerSampler sampler, Assembly assembly)
            throws InterruptedException {
        try (Pipeline pipeline = Pipeline.start(config, assembly);
                KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            assembly.routeIds().forEach(pipeline::startRoute);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2 * SECONDS);
            while (!sampler.isDone() && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            if (assembly.routeIds().contains("score")) {
                new Drain(topics, config.groupId(), PATIENCE)
                        .await(config.topics().raw());
            }
        }
    }
}
