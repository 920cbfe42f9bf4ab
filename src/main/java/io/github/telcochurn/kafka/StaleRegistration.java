package io.github.telcochurn.kafka;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a killed broker leaves in the metadata, where it still leads its partitions. Restarted at once, it would begin to load
 * the state of the consumer groups under that leadership, lose it when its old session expires, and be elected again. Kafka
 * 4.1.2 then mistakes the end of the first load for the end of the second: the groups have no offsets for a moment, or no
 * coordinator until the next restart. So the controller is first started alone, until it has fenced the old registration.
 */
final class StaleRegistration {
    private static final Logger LOG = LoggerFactory.getLogger(StaleRegistration.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long CHECK_INTERVAL_NS = Duration.ofMillis(10).toNanos();

    private StaleRegistration() {}

    /** Whether a broker ran in a folder and was not shut down cleanly. */
    static boolean isIn(Path dir) {
        return Files.exists(dir.resolve("meta.properties")) && Files.notExists(dir.resolve(".kafka_cleanshutdown"));
    }

    /**
     * Waits until it has expired, which takes about a second.
     *
     * @param settings of the broker, which is its own controller
     */
    static void expire(Properties settings) {
        KafkaRaftServer controller =
                new KafkaRaftServer(KafkaConfig.fromProps(controllerAlone(settings), false), Time.SYSTEM);
        try {
            controller.startup();
            long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
            while (fencedBrokers() == 0) {
                if (System.nanoTime() > giveUpAt) {
                    // A broker that was killed in its first second had not registered.
                    LOG.info("No registration of a former broker has expired within {} s", PATIENCE.toSeconds());
                    break;
                }
                LockSupport.parkNanos(CHECK_INTERVAL_NS);
            }
        } finally {
            controller.shutdown();
        }
    }

    private static Properties controllerAlone(Properties settings) {
        Properties alone = new Properties();
        alone.putAll(settings);
        alone.put("process.roles", "controller");
        alone.put("listeners", settings.getProperty("listeners").replaceFirst(".*,", ""));
        alone.remove("advertised.listeners");
        alone.remove("inter.broker.listener.name");
        alone.put("broker.session.timeout.ms", "100");
        alone.put("broker.heartbeat.interval.ms", "50");
        return alone;
    }

    /** By the controller's own metric. */
    private static int fencedBrokers() {
        try {
            return (Integer) ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(
                            new ObjectName("kafka.controller:type=KafkaController,name=FencedBrokerCount"), "Value");
        } catch (InstanceNotFoundException e) {
            return 0;
        } catch (JMException e) {
            throw new IllegalStateException("The controller does not report how many brokers it has fenced", e);
        }
    }
}
