package io.github.telcochurn.config;

import io.github.telcochurn.DidYouMean;
import io.github.telcochurn.customer.CustomerValidator;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/**
 * Lays the sources of configuration over each other and checks the result. Rising order: the shipped {@code
 * application.properties}, the one in the working directory, environment variables, {@code --set}.
 */
public final class ConfigLoader {
    private static final String FILE = "application.properties";
    private static final String PREFIX = "churn.";
    private static final String ENV_PREFIX = "CHURN_";
    /** Environment variables that the launcher reads, which are not settings of ours. */
    private static final List<String> LAUNCHER_VARIABLES = List.of("CHURN_HOME", "CHURN_JAVA_OPTS");

    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final Pattern BROKERS = Pattern.compile("[^\\s:,]+:\\d{1,5}(,[^\\s:,]+:\\d{1,5})*");

    private final Map<String, String> defaults = shipped();
    private final Map<String, String> values = new TreeMap<>(defaults);
    private final Map<String, String> sources = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    private ConfigLoader() {}

    /**
     * Reads and checks the whole configuration.
     *
     * @param home the project's folder
     * @param workingDir whose {@code application.properties} counts, if there is one
     * @param environment as of {@link System#getenv()}
     * @param settings of {@code --set}
     * @throws ConfigException with every problem there is
     */
    public static ChurnConfig load(
            Path home, Path workingDir, Map<String, String> environment, Map<String, String> settings) {
        ConfigLoader loader = new ConfigLoader();
        loader.overlayFile(workingDir.resolve(FILE));
        loader.overlayEnvironment(environment);
        settings.forEach((key, value) -> loader.overlay(key, value, "--set"));
        return loader.read(home.toAbsolutePath().normalize());
    }

    /**
     * A checked configuration with some settings changed.
     *
     * @throws ConfigException with every problem there is
     */
    public static ChurnConfig override(ChurnConfig config, Map<String, String> settings) {
        ConfigLoader loader = new ConfigLoader();
        loader.values.putAll(config.properties());
        settings.forEach((key, value) -> loader.overlay(key, value, "override"));
        return loader.read(config.home());
    }

    private static Map<String, String> shipped() {
        try (InputStream in = ConfigLoader.class.getClassLoader().getResourceAsStream(FILE)) {
            Properties properties = new Properties();
            properties.load(in);
            return asMap(properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> asMap(Properties properties) {
        Map<String, String> map = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }

    private void overlayFile(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            problems.add(file + ": cannot be read: " + e.getMessage());
        }
        asMap(properties).forEach((key, value) -> overlay(key, value, file.toString()));
    }

    private void overlayEnvironment(Map<String, String> environment) {
        Map<String, String> keyOfVariable = new TreeMap<>();
        defaults.keySet().forEach(key -> keyOfVariable.put(variableOf(key), key));
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (keyOfVariable.containsKey(variable)) {
                overlay(keyOfVariable.get(variable), value, "environment variable " + variable);
            } else if (variable.startsWith(ENV_PREFIX) && !LAUNCHER_VARIABLES.contains(variable)) {
                problems.add("environment variable " + variable + ": unknown"
                        + DidYouMean.suggestion(variable, keyOfVariable.keySet()));
            }
        });
    }

    private static String variableOf(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private void overlay(String key, String value, String source) {
        if (key.startsWith(PREFIX) && !defaults.containsKey(key)) {
            problems.add(source + ": unknown key " + key + DidYouMean.suggestion(key, defaults.keySet()));
            return;
        }
        values.put(key, value.strip());
        sources.put(key, source);
    }

    private ChurnConfig read(Path home) {
        ChurnConfig.Kafka kafka = new ChurnConfig.Kafka(
                text(
                        "churn.kafka.brokers",
                        brokers -> brokers.isEmpty() || BROKERS.matcher(brokers).matches(),
                        "host:port, more of them separated by commas, or empty"),
                whole("churn.kafka.embedded.port", 1, 65535),
                path(home, "churn.kafka.embedded.dir"));
        ChurnConfig.Topics topics = new ChurnConfig.Topics(
                topic("churn.topics.raw"),
                topic("churn.topics.predictions"),
                topic("churn.topics.deadletter"),
                topic("churn.topics.checkpoints"),
                topic("churn.topics.replays"),
                whole("churn.topics.partitions", 1, 1000),
                (short) whole("churn.topics.replication-factor", 1, 9));
        checkTopicsDiffer(topics);
        double[] tiers = tiers();
        ChurnConfig config = new ChurnConfig(
                home,
                kafka,
                topics,
                text("churn.group-id", id -> !id.isEmpty(), "a name"),
                path(home, "churn.data.csv"),
                path(home, "churn.inbox.dir"),
                path(home, "churn.model.dir"),
                routes(home),
                validation(),
                new ChurnConfig.Streaming(whole("churn.streaming.events-per-sec", 1, 100_000)),
                new ChurnConfig.Batch(
                        whole("churn.batch.batch-size", 1, 100_000), decimal("churn.batch.success-threshold", 0, 100)),
                schedule(),
                notification(),
                new ChurnConfig.Score(
                        whole("churn.score.window-size", 1, 100_000),
                        decimal("churn.score.threshold", 0, 1),
                        tiers[0],
                        tiers[1]),
                new ChurnConfig.Quality(
                        whole("churn.quality.min-rows", 0, Integer.MAX_VALUE),
                        decimal("churn.quality.max-broken-percent", 0, 100),
                        decimal("churn.quality.max-blank-percent", 0, 100),
                        decimal("churn.quality.max-unknown-percent", 0, 100),
                        decimal("churn.quality.max-psi", 0, 1000)),
                new ChurnConfig.Retention(
                        whole("churn.retention.runs", 1, 1_000_000),
                        Duration.ofDays(whole("churn.retention.days", 1, 100_000))),
                new ChurnConfig.DeadLetter(whole("churn.deadletter.max-attempts", 1, 1000)),
                new ChurnConfig.Health(cron("churn.health.cron")),
                new ChurnConfig.Web(
                        text("churn.web.host", host -> !host.isEmpty(), "an address or a host name"),
                        whole("churn.web.port", 1, 65535)),
                Map.copyOf(values));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return config;
    }

    private ChurnConfig.Routes routes(Path home) {
        String ownDir = text(
                "churn.routes.own-dir",
                dir -> dir.isEmpty() || Files.isDirectory(home.resolve(dir)),
                "a folder of routes that is there, or empty for the shipped routes alone");
        return new ChurnConfig.Routes(
                path(home, "churn.routes.dir"),
                ownDir.isEmpty() ? null : home.resolve(ownDir),
                text("churn.profile", List.of("prod", "dev")::contains, "prod or dev")
                        .equals("dev"));
    }

    private ChurnConfig.Schedule schedule() {
        String timezone =
                text("churn.batch.timezone", Rules::isTimeZone, "the id of a time zone, such as UTC or Europe/Berlin");
        ChurnConfig.Database store = new ChurnConfig.Database(
                secret(
                        "churn.schedule.jdbc.url",
                        url -> url.isEmpty() || Rules.isPostgresAddress(url),
                        "an address like jdbc:postgresql://host:5432/database, or empty for a schedule in memory"),
                values.get("churn.schedule.jdbc.user"),
                values.get("churn.schedule.jdbc.password"));
        return new ChurnConfig.Schedule(
                cron("churn.batch.cron"), Rules.isTimeZone(timezone) ? ZoneId.of(timezone) : ZoneOffset.UTC, store);
    }

    private String cron(String key) {
        return text(
                key,
                CronExpression::isValidExpression,
                "a Quartz cron expression of six or seven fields, such as 0 0/5 * * * ?");
    }

    private ChurnConfig.Notify notification() {
        ChurnConfig.Email email = new ChurnConfig.Email(
                text("churn.notify.email.host", Rules::isHost, "a host name or an address, or empty for no e-mail"),
                whole("churn.notify.email.port", 1, 65535),
                text(
                        "churn.notify.email.from",
                        from -> !isSet("churn.notify.email.host") || Rules.isMailAddress(from),
                        "a mail address, since churn.notify.email.host is set"),
                text(
                        "churn.notify.email.to",
                        to -> !isSet("churn.notify.email.host") || Rules.areMailAddresses(to),
                        "mail addresses, separated by commas, since churn.notify.email.host is set"),
                values.get("churn.notify.email.user"),
                values.get("churn.notify.email.password"),
                flag("churn.notify.email.starttls"),
                flag("churn.notify.email.ssl"));
        if (email.starttls() && email.ssl()) {
            problems.add("churn.notify.email.starttls, churn.notify.email.ssl: only one of them can be true");
        }
        String webhook = secret(
                "churn.notify.webhook.url",
                url -> url.isEmpty() || Rules.isWebAddress(url),
                "an address that begins with http:// or https://, or empty for no webhook");
        Duration timeout = Duration.ofMillis(whole("churn.notify.timeout-ms", 1, 600_000));
        return new ChurnConfig.Notify(email, new ChurnConfig.Webhook(webhook), timeout);
    }

    private boolean isSet(String key) {
        return !values.get(key).isEmpty();
    }

    private boolean flag(String key) {
        return Boolean.parseBoolean(text(key, List.of("true", "false")::contains, "true or false"));
    }

    /** As {@link #text}, and the value is never shown. */
    private String secret(String key, Predicate<String> rule, String expected) {
        String value = values.get(key);
        if (rule.test(value)) {
            return value;
        }
        problems.add(source(key) + ": " + key + " must be " + expected + "; its value is secret, and not shown");
        return "";
    }

    private void checkTopicsDiffer(ChurnConfig.Topics topics) {
        List<String> names = List.of(
                topics.raw(), topics.predictions(), topics.deadletter(), topics.checkpoints(), topics.replays());
        if (names.stream().distinct().count() < names.size()) {
            problems.add("churn.topics.*: must be five different topics, but are " + names);
        }
    }

    private double[] tiers() {
        String key = "churn.score.tiers";
        String[] parts = values.get(key).split(",", -1);
        try {
            double medium = Double.parseDouble(parts[0].strip());
            double high = Double.parseDouble(parts[1].strip());
            if (parts.length == 2 && 0 < medium && medium < high && high < 1) {
                return new double[] {medium, high};
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            // said below, with the value
        }
        reject(key, "two rising probabilities between 0 and 1, such as 0.3,0.6");
        return new double[2];
    }

    private CustomerValidator.Mode validation() {
        String key = "churn.validation";
        try {
            return CustomerValidator.Mode.valueOf(values.get(key).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            reject(key, "strict or lenient");
            return CustomerValidator.Mode.STRICT;
        }
    }

    private String topic(String key) {
        return text(key, name -> TOPIC.matcher(name).matches(), "a topic's name: letters, digits, dots, dashes, _");
    }

    private Path path(Path home, String key) {
        return home.resolve(text(key, text -> !text.isEmpty(), "a path"));
    }

    private String text(String key, Predicate<String> rule, String expected) {
        String value = values.get(key);
        if (!rule.test(value)) {
            reject(key, expected);
        }
        return value;
    }

    private int whole(String key, int least, int most) {
        try {
            int value = Integer.parseInt(values.get(key));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below, with the value
        }
        reject(key, "a whole number from " + least + " to " + most);
        return least;
    }

    private double decimal(String key, double least, double most) {
        try {
            double value = Double.parseDouble(values.get(key));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below, with the value
        }
        reject(key, "a number from " + least + " to " + most);
        return least;
    }

    private void reject(String key, String expected) {
        problems.add(source(key) + ": " + key + " must be " + expected + ", but is \"" + values.get(key) + "\"");
    }

    private String source(String key) {
        return sources.getOrDefault(key, "shipped " + FILE);
    }
}
