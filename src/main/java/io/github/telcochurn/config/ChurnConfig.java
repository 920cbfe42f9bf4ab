package io.github.telcochurn.config;

import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.CustomerValidator;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.event.Level;

/**
 * The whole configuration, typed and checked. The shipped {@code application.properties} explains each key.
 *
 * @param home the project's folder, absolute; relative paths of the configuration start here
 * @param instance names the processes of this folder; empty for the host's name
 * @param schemaFile the file of the schema
 * @param schema the schema of customers
 * @param properties every setting as text, for {@code {{key}}} in the routes
 */
public record ChurnConfig(
        Path home,
        Kafka kafka,
        Topics topics,
        String groupId,
        String instance,
        Path schemaFile,
        CustomerSchema schema,
        Path dataCsv,
        Path inboxDir,
        Path modelDir,
        Model model,
        Routes routes,
        CustomerValidator.Mode validation,
        Streaming streaming,
        Batch batch,
        Schedule schedule,
        Notify notification,
        Score score,
        Value value,
        Quality quality,
        Retention retention,
        DeadLetter deadLetter,
        Health health,
        Web web,
        Map<String, String> properties) {
    /** The settings that must not be shown: addresses may contain passwords and tokens. */
    private static final Set<String> SECRETS = Set.of(
            "churn.notify.email.password",
            "churn.notify.webhook.url",
            "churn.schedule.jdbc.password",
            "churn.schedule.jdbc.url");

    /**
     * Where the broker is.
     *
     * @param brokers bootstrap servers; empty for the embedded broker */
    public record Kafka(String brokers, int embeddedPort, Path embeddedDir) {
        /** Whether the program itself finds or starts the broker on this machine. */
        public boolean isEmbedded() {
            return brokers.isEmpty();
        }

        /** The bootstrap servers that clients use. */
        public String bootstrapServers() {
            return isEmbedded() ? "127.0.0.1:" + embeddedPort : brokers;
        }
    }

    /**
     * The topics' names, and how missing ones are created.
     *
     * @param replicationFactor of the topics that the program creates */
    public record Topics(
            String raw,
            String predictions,
            String deadletter,
            String checkpoints,
            String replays,
            int partitions,
            short replicationFactor) {}

    /**
     * Which model scores.
     *
     * @param champion its version, which overrides the history of the models' folder; empty to use the history
     * @param reloadEvery how often a running scorer looks for another champion
     */
    public record Model(String champion, Duration reloadEvery) {}

    /**
     * Where the YAML routes are.
     *
     * @param dir the folder of the shipped ones
     * @param ownDir the folder of a user's own routes, which replace or extend them; null for none
     * @param logLevel the lowest level at which the own routes log
     * @param reloaded whether the service reloads a route's file as soon as it is changed
     */
    public record Routes(Path dir, Path ownDir, Level logLevel, boolean reloaded) {}

    /**
     * Streaming ingest.
     *
     * @param eventsPerSecond 1 to 100,000
     */
    public record Streaming(int eventsPerSecond) {}

    /**
     * A batch run.
     *
     * @param batchSize rows per transaction of ingest
     * @param maxRowsPerSecond of ingest; 0 for no limit
     * @param successThreshold percent of the rows read, 0 to 100
     */
    public record Batch(int batchSize, int maxRowsPerSecond, double successThreshold) {}

    /**
     * When batch runs are started, and where the schedule is stored.
     *
     * @param cron a Quartz cron expression
     */
    public record Schedule(String cron, ZoneId timezone, Database store) {}

    /**
     * A PostgreSQL database.
     *
     * @param url for JDBC; empty for none
     */
    public record Database(String url, String user, String password) {
        private static final Pattern SERVER = Pattern.compile("jdbc:postgresql://([^/?]+)/.*");

        public boolean isEnabled() {
            return !url.isEmpty();
        }

        /** Host and port: the only part of the address that may be logged, since the rest may contain a password. */
        public String server() {
            Matcher matcher = SERVER.matcher(url);
            return matcher.matches() ? matcher.group(1) : "";
        }

        @Override
        public String toString() {
            return "Database[" + server() + "]";
        }
    }

    /**
     * Who is notified when a batch run has ended.
     *
     * @param timeout of each step of a delivery
     */
    public record Notify(Email email, Webhook webhook, Duration timeout) {}

    /**
     * Notification by e-mail.
     *
     * @param host the mail server; empty for no e-mail
     * @param to one or more addresses, separated by commas
     * @param user empty for no login
     * @param starttls whether the connection must switch to TLS
     * @param ssl whether the connection is TLS from its start
     */
    public record Email(
            String host,
            int port,
            String from,
            String to,
            String user,
            String password,
            boolean starttls,
            boolean ssl) {
        public boolean isEnabled() {
            return !host.isEmpty();
        }

        @Override
        public String toString() {
            return "Email[" + host + ":" + port + "]";
        }
    }

    /**
     * Notification by a webhook.
     *
     * @param url secret, since it may contain a token; empty for no webhook
     */
    public record Webhook(String url) {
        public boolean isEnabled() {
            return !url.isEmpty();
        }

        /** The only part of the address that may be logged. */
        public String host() {
            return isEnabled() ? URI.create(url).getHost() : "";
        }

        @Override
        public String toString() {
            return "Webhook[" + host() + "]";
        }
    }

    /**
     * Scoring.
     *
     * @param windowSize the maximum number of records per transaction
     * @param threshold probability from which the prediction is Yes, 0 to 1
     * @param mediumFrom probability from which the risk tier is Medium, 0 to 1
     * @param highFrom probability from which the risk tier is High, above mediumFrom
     */
    public record Score(int windowSize, double threshold, double mediumFrom, double highFrom) {}

    /**
     * What a retention call costs and brings.
     *
     * @param offerCost of one call with its offer, in the unit of the schema's revenue column, 0 or more
     * @param callSuccessRate of the customers who are about to leave, the share that a call keeps, 0 to 1
     * @param monthsKept how many months longer such a customer then pays, above 0
     * @param controlPercent of all customers, how many must not be called, so that those called can be compared with them; 0 to 50
     */
    public record Value(double offerCost, double callSuccessRate, double monthsKept, double controlPercent) {}

    /**
     * The limits of a batch run for its input; beyond them, it stops before anything is sent.
     *
     * @param minRows the minimum number of rows
     * @param maxBrokenPercent the maximum of rows that break a rule, in percent
     * @param maxBlankPercent the maximum of blank values in any column, in percent of the rows
     * @param maxUnknownPercent the maximum of values in any column that are not among its categories, in percent of the rows
     * @param maxPsi the largest shift of any column against the model's training data, as its population stability index;
     *     0 for no limit
     * @param maxDuplicatePercent the maximum of rows whose customer has another row that counts, in percent
     */
    public record Quality(
            int minRows,
            double maxBrokenPercent,
            double maxBlankPercent,
            double maxUnknownPercent,
            double maxPsi,
            double maxDuplicatePercent) {}

    /**
     * How long the files of runs are kept; what exceeds either limit is deleted.
     *
     * @param runs the maximum number of runs
     * @param age the maximum age of a run
     */
    public record Retention(int runs, Duration age) {}

    /**
     * Dead letters.
     *
     * @param maxAttempts how often one message may fail before replay skips it
     */
    public record DeadLetter(int maxAttempts) {}

    /**
     * The supervision of the service.
     *
     * @param cron when health is checked, as a Quartz cron expression
     */
    public record Health(String cron) {}

    /**
     * The HTTP server of the service.
     *
     * @param host the address to listen on
     */
    public record Web(String host, int port) {}

    /** A validator that is as strict as {@code churn.validation} says. */
    public CustomerValidator validator() {
        return new CustomerValidator(schema, validation);
    }

    /** The settings of this program; secrets are masked, and other keys are left out, since they may be secret too. */
    @Override
    public String toString() {
        return properties.entrySet().stream()
                .filter(setting -> setting.getKey().startsWith("churn."))
                .sorted(Map.Entry.comparingByKey())
                .map(setting -> setting.getKey() + "="
                        + (SECRETS.contains(setting.getKey())
                                        && !setting.getValue().isEmpty()
                                ? "***"
                                : setting.getValue()))
                .collect(Collectors.joining(", ", "ChurnConfig[home=" + home + ", ", "]"));
    }

    public Path reportsDir() {
        return home.resolve("reports");
    }

    /** The folder of the reports of batch runs. */
    public Path batchReportsDir() {
        return reportsDir().resolve("batch");
    }

    /** The folder of the logs of batch runs. */
    public Path batchLogsDir() {
        return logsDir().resolve("batch");
    }

    public Path logsDir() {
        return home.resolve("logs");
    }

    public Path checkpointsDir() {
        return home.resolve("checkpoints");
    }

    /** State of running instances: locks, and the embedded broker unless it is configured elsewhere. */
    public Path stateDir() {
        return home.resolve("var");
    }

    /** The values of dead letters that are too large for their topic. */
    public Path keptValuesDir() {
        return stateDir().resolve("deadletter");
    }
}
