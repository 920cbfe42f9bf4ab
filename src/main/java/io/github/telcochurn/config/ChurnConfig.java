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
 * The whole configuration, typed and checked. The shipped {@code application.properties} says what each key means.
 *
 * @param home the project's folder, absolute; relative paths of the configuration start here
 * @param instance names the processes of this folder; empty for the host's name
 * @param schemaFile where the schema was read
 * @param schema what a customer is
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
    /** The settings that must not be shown: addresses may have passwords and tokens in them. */
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
        /** Whether the broker is ours to find or to start on this machine. */
        public boolean isEmbedded() {
            return brokers.isEmpty();
        }

        /** The bootstrap servers that clients use. */
        public String bootstrapServers() {
            return isEmbedded() ? "127.0.0.1:" + embeddedPort : brokers;
        }
    }

    /**
     * The topics' names, and how those that are missing are created.
     *
     * @param replicationFactor of topics that we create */
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
     * @param champion its version, whatever the history of the models' folder says; empty for the one of the history
     * @param reloadEvery how often a running scorer looks for another champion
     */
    public record Model(String champion, Duration reloadEvery) {}

    /**
     * Where the YAML routes are.
     *
     * @param dir the shipped ones
     * @param ownDir a user's own, which are put over them; null for none
     * @param logLevel from which level on the own routes log
     * @param reloaded whether the service takes over a route's file as soon as it is changed
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
     * @param maxRowsPerSecond of ingest; 0 for no bound
     * @param successThreshold percent of the rows read, 0 to 100
     */
    public record Batch(int batchSize, int maxRowsPerSecond, double successThreshold) {}

    /**
     * When batch runs are started, and where that is kept.
     *
     * @param cron as Quartz reads it
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

        /** Host and port: the only part of the address for the log, since it may have a password in it. */
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
     * Who is notified of how a batch run ended.
     *
     * @param timeout of each step of a delivery
     */
    public record Notify(Email email, Webhook webhook, Duration timeout) {}

    /**
     * Telling by e-mail.
     *
     * @param host the mail server; empty for no e-mail
     * @param to one or more addresses, separated by commas
     * @param user empty for no login
     * @param starttls whether the connection must turn to TLS
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
     * Telling by a webhook.
     *
     * @param url secret, since it may have a token in it; empty for no webhook
     */
    public record Webhook(String url) {
        public boolean isEnabled() {
            return !url.isEmpty();
        }

        /** The only part of it for the log. */
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
     * @param windowSize the most records of one transaction
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
     * What a batch run does not accept of its input; it then stops before anything is sent.
     *
     * @param minRows the fewest rows
     * @param maxBrokenPercent the most rows that break a rule, in percent
     * @param maxBlankPercent the most blank values of any column, in percent of the rows
     * @param maxUnknownPercent the most values of any column that are not among its categories, in percent of the rows
     * @param maxPsi the largest shift of any column against the model's training data, as its population stability index;
     *     0 for any
     * @param maxDuplicatePercent the most rows of a customer who is in another row too, beyond the one that counts, in percent
     */
    public record Quality(
            int minRows,
            double maxBrokenPercent,
            double maxBlankPercent,
            double maxUnknownPercent,
            double maxPsi,
            double maxDuplicatePercent) {}

    /**
     * How long what runs leave behind is kept; what is beyond either bound is deleted.
     *
     * @param runs how many runs
     * @param age how old they may become
     */
    public record Retention(int runs, Duration age) {}

    /**
     * Dead letters.
     *
     * @param maxAttempts how often one message may fail before replay leaves it alone
     */
    public record DeadLetter(int maxAttempts) {}

    /**
     * The watch over the service.
     *
     * @param cron when health is checked, as Quartz reads it
     */
    public record Health(String cron) {}

    /**
     * What the service shows over HTTP.
     *
     * @param host the address to listen on
     */
    public record Web(String host, int port) {}

    /** Checks customers as strictly as {@code churn.validation} says. */
    public CustomerValidator validator() {
        return new CustomerValidator(schema, validation);
    }

    /** The settings of this program; secrets are masked, and keys of others left out, since they may be secrets too. */
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

    /** Where batch runs leave their reports. */
    public Path batchReportsDir() {
        return reportsDir().resolve("batch");
    }

    /** Where batch runs leave their logs. */
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
