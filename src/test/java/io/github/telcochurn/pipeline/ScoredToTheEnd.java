package io.github.telcochurn.pipeline;

import static org.awaitility.Awaitility.await;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.scoring.ModelFolder;
import java.time.Duration;

/** Lets the shipped route score all that is on the raw topic, in this process. */
public final class ScoredToTheEnd {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private ScoredToTheEnd() {}

    /** Returns when the lag is 0 and the route has stopped. */
    public static void by(ChurnConfig config) {
        ChurnBeans beans = new ChurnBeans(config)
                .withScoring(new ModelFolder(config.modelDir(), config.schema()).champion(), scored -> {});
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers());
                Pipeline pipeline = Pipeline.start(config, beans.assembly())) {
            pipeline.startRoute("score");
            Drain drain = new Drain(topics, config.groupId(), PATIENCE);
            await().atMost(PATIENCE).until(() -> drain.lag(config.topics().raw()) == 0);
        }
    }
}
