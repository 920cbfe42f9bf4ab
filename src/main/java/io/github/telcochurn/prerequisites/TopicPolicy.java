package io.github.telcochurn.prerequisites;

import io.github.telcochurn.config.ChurnConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/** The rules for the settings of one topic. */
final class TopicPolicy {
    /** A run reads back all its messages at its end; with less retention than this, they may be gone by then. */
    private static final Duration MIN_RETENTION = Duration.ofHours(1);
    /** An interrupted run is resumed within a day. */
    private static final Duration SAFE_RETENTION = Duration.ofDays(1);
    /** The default limit of brokers and producers. */
    private static final long USUAL_MESSAGE_BYTES = 1_048_588;
    /** The headers of the error, which a dead letter has in addition to the original. */
    private static final long ERROR_BYTES = 64L * 1024;

    private final String topic;
    private final Map<String, String> settings;
    private final String bootstrapServers;
    private final List<Fault> faults = new ArrayList<>();

    private TopicPolicy(String topic, Map<String, String> settings, String bootstrapServers) {
        this.topic = topic;
        this.settings = settings;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * A rule that is broken.
     *
     * @param fatal whether a run would lose messages
     * @param text what is wrong, where, and the command that fixes it
     */
    record Fault(boolean fatal, String text) {}

    /**
     * All faults of the existing topics.
     *
     * @param settings by topic
     * @param bootstrapServers for the commands
     * @param inputBytes the size of the file that is to be sent; 0 for none
     */
    static List<Fault> faults(
            ChurnConfig.Topics names,
            Map<String, Map<String, String>> settings,
            String bootstrapServers,
            long inputBytes) {
        List<Fault> faults = new ArrayList<>();
        Stream.of(names.raw(), names.predictions(), names.deadletter())
                .filter(settings::containsKey)
                .map(topic -> new TopicPolicy(topic, settings.get(topic), bootstrapServers))
                .forEach(policy -> {
                    policy.requireEveryMessageKept();
                    policy.requireSpace(inputBytes, names.partitions());
                    boolean isForErrors = policy.topic.equals(names.deadletter());
                    policy.requireRoom(isForErrors ? messageBytes(settings.get(names.raw())) + ERROR_BYTES : 0);
                    faults.addAll(policy.faults);
                });
        Stream.of(names.checkpoints(), names.replays())
                .filter(settings::containsKey)
                .map(topic -> new TopicPolicy(topic, settings.get(topic), bootstrapServers))
                .forEach(policy -> {
                    policy.requireNewestOfEachKeyKept();
                    faults.addAll(policy.faults);
                });
        return faults;
    }

    private void requireEveryMessageKept() {
        if (policies().contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            fault(
                    true,
                    "keeps only the newest message of each customer (" + shown(TopicConfig.CLEANUP_POLICY_CONFIG)
                            + "): a run would find fewer than it sent",
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_DELETE);
            return;
        }
        Duration retention = retention();
        if (retention != null && retention.compareTo(SAFE_RETENTION) < 0) {
            boolean fatal = retention.compareTo(MIN_RETENTION) < 0;
            fault(
                    fatal,
                    "keeps messages for " + words(retention) + " only (" + shown(TopicConfig.RETENTION_MS_CONFIG)
                            + "): "
                            + (fatal
                                    ? "a run may find fewer than it sent"
                                    : "a run that is resumed the next day finds fewer than it sent"),
                    TopicConfig.RETENTION_MS_CONFIG,
                    Long.toString(Duration.ofDays(7).toMillis()));
        }
    }

    /** Messages of a file are about as large as its rows: more words in each, but compressed. */
    private void requireSpace(long inputBytes, int partitions) {
        long bytes = number(TopicConfig.RETENTION_BYTES_CONFIG, -1);
        if (bytes >= 0 && bytes < inputBytes / partitions) {
            fault(
                    false,
                    String.format(
                            Locale.ROOT,
                            "limits the bytes in each of its %d partitions (%s), but the file has %d: a run may find fewer"
                                    + " messages than it sent",
                            partitions,
                            shown(TopicConfig.RETENTION_BYTES_CONFIG),
                            inputBytes),
                    TopicConfig.RETENTION_BYTES_CONFIG,
                    "-1");
        }
    }

    private void requireRoom(long min) {
        long wanted = Math.max(min, USUAL_MESSAGE_BYTES);
        if (messageBytes(settings) < wanted) {
            fault(
                    false,
                    "accepts no message or batch of more than " + shown(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                            + " bytes, but up to " + wanted + " may be sent: larger ones are rejected",
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    Long.toString(wanted));
        }
    }

    private void requireNewestOfEachKeyKept() {
        Duration retention = retention();
        if (policies().contains(TopicConfig.CLEANUP_POLICY_DELETE) && retention != null) {
            fault(
                    false,
                    "forgets after " + words(retention) + " what was ingested or replayed ("
                            + shown(TopicConfig.CLEANUP_POLICY_CONFIG) + ", " + shown(TopicConfig.RETENTION_MS_CONFIG)
                            + "), so a later resume or replay does it again",
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_COMPACT);
        }
    }

    private List<String> policies() {
        return List.of(
                settings.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "").split(",", -1));
    }

    /** Null when messages are kept for ever. */
    private Duration retention() {
        long retentionMs = number(TopicConfig.RETENTION_MS_CONFIG, -1);
        return retentionMs < 0 ? null : Duration.ofMillis(retentionMs);
    }

    private static long messageBytes(Map<String, String> settings) {
        String bytes = settings == null ? null : settings.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        return bytes == null ? USUAL_MESSAGE_BYTES : Long.parseLong(bytes);
    }

    private long number(String setting, long otherwise) {
        String value = settings.get(setting);
        return value == null ? otherwise : Long.parseLong(value);
    }

    private String shown(String setting) {
        return setting + "=" + settings.get(setting);
    }

    private static String words(Duration duration) {
        return duration.toMinutes() >= 1 ? duration.toMinutes() + " minutes" : duration.toMillis() + " ms";
    }

    private void fault(boolean fatal, String what, String setting, String value) {
        faults.add(new Fault(
                fatal,
                String.format(
                        "The topic %s %s. Change it with kafka-configs.sh --bootstrap-server %s --alter --topic %s"
                                + " --add-config %s=%s.",
                        topic, what, bootstrapServers, topic, setting, value)));
    }
}
