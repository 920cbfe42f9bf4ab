package io.github.telcochurn.config;

import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.customer.InvalidSchema;
import io.github.telcochurn.customer.PlainDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.lang3.EnumUtils;
import org.quartz.CronExpression;
import org.slf4j.event.Level;

/**
 * Combines the sources of configuration and checks the result. Later sources override earlier ones: the shipped {@code
 * application.properties}, the one in the working directory, environment variables, {@code --set}.
 */
public final class ConfigLoader {
    /** Transactional ids and members begin with it. */
    private static final Pattern GROUP = Pattern.compile("[a-zA-Z0-9._-]{1,100}");

    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    /** Allows host names; a group member and a transactional id end with it. */
    private static final Pattern INSTANCE = Pattern.compile("[a-zA-Z0-9._-]{0,128}");

    /** A part of the name of a model's file. */
    private static final Pattern VERSION = Pattern.compile("([A-Za-z0-9_][A-Za-z0-9._-]*)?");

    private static final Pattern BROKERS = Pattern.compile("[^\\s:,]+:\\d{1,5}(,[^\\s:,]+:\\d{1,5})*");

    private final Settings settings;
    /** The configuration whose schema is kept; null when there is none. */
    private final ChurnConfig before;

    private ConfigLoader(Settings settings, ChurnConfig before) {
        this.settings = settings;
        this.before = before;
    }

    /**
     * Reads and checks the whole configuration.
     *
     * @param installation the program's folder, which is the project's folder unless {@code churn.dir} names another
     * @param workingDir the folder whose {@code application.properties} is used, if there is one
     * @param environment as of {@link System#getenv()}
     * @param settings of {@code --set}
     * @throws ConfigException with all problems
     */
    public static ChurnConfig load(
            Path installation, Path workingDir, Map<String, String> environment, Map<String, String> settings) {
        return load(
                installation,
                workingDir,
                environment,
                settings.entrySet().stream()
                        .map(setting -> new Overlay("--set", setting.getKey(), setting.getValue()))
                        .toList());
    }

    /**
     * As {@link #load(Path, Path, Map, Map)}, with settings of any option.
     *
     * @param overlays later ones win
     */
    public static ChurnConfig load(
            Path installation, Path workingDir, Map<String, String> environment, List<Overlay> overlays) {
        Settings all = new Settings();
        all.overlayFile(workingDir);
        all.overlayEnvironment(environment);
        overlays.forEach(overlay -> all.overlay(overlay.key(), overlay.value(), overlay.source()));
        Path home = all.home(installation, workingDir);
        return new ConfigLoader(all, null).read(home.toAbsolutePath().normalize());
    }

    /**
     * A checked configuration with some settings changed.
     *
     * @throws ConfigException with all problems
     */
    public static ChurnConfig override(ChurnConfig config, Map<String, String> settings) {
        Settings all = new Settings();
        all.putAll(config.properties());
        settings.forEach((key, value) -> all.overlay(key, value, "override"));
        return new ConfigLoader(all, config).read(config.home());
    }

    private ChurnConfig read(Path home) {
        ChurnConfig.Kafka kafka = new ChurnConfig.Kafka(
                settings.text(
                        "churn.kafka.brokers",
                        brokers -> brokers.isEmpty() || BROKERS.matcher(brokers).matches(),
                        "host:port, several of them separated by commas, or empty"),
                settings.whole("churn.kafka.embedded.port", 1, 65535),
                settings.path(home, "churn.kafka.embedded.dir"));
        ChurnConfig.Topics topics = new ChurnConfig.Topics(
                topic("churn.topics.raw"),
                topic("churn.topics.predictions"),
                topic("churn.topics.deadletter"),
                topic("churn.topics.checkpoints"),
                topic("churn.topics.replays"),
                settings.whole("churn.topics.partitions", 1, 1000),
                (short) settings.whole("churn.topics.replication-factor", 1, 9));
        checkTopicsDiffer(topics);
        double[] tiers = tiers();
        Path schemaFile = settings.path(home, "churn.schema");
        ChurnConfig config = new ChurnConfig(
                home,
                kafka,
                topics,
                settings.text(
                        "churn.group-id",
                        id -> GROUP.matcher(id).matches(),
                        "a name of up to 100 letters, digits, dots, dashes and _"),
                settings.text(
                        "churn.instance",
                        name -> INSTANCE.matcher(name).matches(),
                        "a name of letters, digits, dots, dashes, _, or empty for the host's name"),
                schemaFile,
                schema(schemaFile),
                settings.path(home, "churn.data.csv"),
                settings.path(home, "churn.inbox.dir"),
                settings.path(home, "churn.model.dir"),
                new ChurnConfig.Model(
                        settings.text(
                                "churn.model.champion",
                                version -> VERSION.matcher(version).matches(),
                                "a model's version, as ./churn models list shows it, or empty for the one that was promoted"),
                        Duration.ofMillis(settings.whole("churn.model.reload-ms", 100, 3_600_000))),
                routes(home),
                validation(),
                new ChurnConfig.Streaming(settings.whole("churn.streaming.events-per-sec", 1, 100_000)),
                new ChurnConfig.Batch(
                        settings.whole("churn.batch.batch-size", 1, 100_000),
                        settings.whole("churn.batch.max-rows-per-sec", 0, 10_000_000),
                        settings.decimal("churn.batch.success-threshold", 0, 100)),
                schedule(),
                notification(),
                new ChurnConfig.Score(
                        settings.whole("churn.score.window-size", 1, 100_000),
                        settings.decimal("churn.score.threshold", 0, 1),
                        tiers[0],
                        tiers[1]),
                new ChurnConfig.Value(
                        settings.decimal("churn.value.offer-cost", 0, 1e9),
                        settings.decimal("churn.value.call-success-rate", 0, 1),
                        settings.decimal("churn.value.months-kept", 0.1, 1200),
                        settings.decimal("churn.value.control-percent", 0, 50)),
                new ChurnConfig.Quality(
                        settings.whole("churn.quality.min-rows", 0, Integer.MAX_VALUE),
                        settings.decimal("churn.quality.max-broken-percent", 0, 100),
                        settings.decimal("churn.quality.max-blank-percent", 0, 100),
                        settings.decimal("churn.quality.max-unknown-percent", 0, 100),
                        settings.decimal("churn.quality.max-psi", 0, 1000),
                        settings.decimal("churn.quality.max-duplicate-percent", 0, 100)),
                new ChurnConfig.Retention(
                        settings.whole("churn.retention.runs", 1, 1_000_000),
                        Duration.ofDays(settings.whole("churn.retention.days", 1, 100_000))),
                new ChurnConfig.DeadLetter(settings.whole("churn.deadletter.max-attempts", 1, 1000)),
                new ChurnConfig.Health(cron("churn.health.cron")),
                new ChurnConfig.Web(
                        settings.text("churn.web.host", host -> !host.isEmpty(), "an address or a host name"),
                        settings.whole("churn.web.port", 1, 65535)),
                settings.all());
        settings.requireNoProblem();
        return config;
    }

    /** The schema; null when it has problems, which are noted. */
    private CustomerSchema schema(Path file) {
        if (before != null && before.schemaFile().equals(file)) {
            return before.schema();
        }
        try {
            return CustomerSchema.read(file);
        } catch (InvalidSchema e) {
            e.problems().forEach(settings::problem);
            return null;
        }
    }

    private ChurnConfig.Routes routes(Path home) {
        String ownDir = settings.text(
                "churn.routes.own-dir",
                dir -> dir.isEmpty() || Files.isDirectory(home.resolve(dir)),
                "an existing folder of routes, or empty for the shipped routes alone");
        return new ChurnConfig.Routes(
                settings.path(home, "churn.routes.dir"),
                ownDir.isEmpty() ? null : home.resolve(ownDir),
                logLevel(),
                settings.text("churn.profile", List.of("prod", "dev")::contains, "prod or dev")
                        .equals("dev"));
    }

    private Level logLevel() {
        String level = settings.text(
                "churn.log.level",
                text -> EnumUtils.isValidEnumIgnoreCase(Level.class, text),
                "ERROR, WARN, INFO, DEBUG or TRACE");
        return EnumUtils.getEnumIgnoreCase(Level.class, level, Level.INFO);
    }

    private ChurnConfig.Schedule schedule() {
        String timezone = settings.text(
                "churn.batch.timezone", Rules::isTimeZone, "the id of a time zone, such as UTC or Europe/Berlin");
        ChurnConfig.Database store = new ChurnConfig.Database(
                settings.secret(
                        "churn.schedule.jdbc.url",
                        url -> url.isEmpty() || Rules.isPostgresAddress(url),
                        "an address like jdbc:postgresql://host:5432/database, or empty for a schedule in memory"),
                settings.get("churn.schedule.jdbc.user"),
                settings.get("churn.schedule.jdbc.password"));
        return new ChurnConfig.Schedule(
                cron("churn.batch.cron"), Rules.isTimeZone(timezone) ? ZoneId.of(timezone) : ZoneOffset.UTC, store);
    }

    private String cron(String key) {
        return settings.text(
                key,
                CronExpression::isValidExpression,
                "a Quartz cron expression of six or seven fields, such as 0 0/5 * * * ?");
    }

    private ChurnConfig.Notify notification() {
        ChurnConfig.Email email = new ChurnConfig.Email(
                settings.text(
                        "churn.notify.email.host", Rules::isHost, "a host name or an address, or empty for no e-mail"),
                settings.whole("churn.notify.email.port", 1, 65535),
                settings.text(
                        "churn.notify.email.from",
                        from -> !settings.isSet("churn.notify.email.host") || Rules.isMailAddress(from),
                        "a mail address, since churn.notify.email.host is set"),
                settings.text(
                        "churn.notify.email.to",
                        to -> !settings.isSet("churn.notify.email.host") || Rules.areMailAddresses(to),
                        "mail addresses, separated by commas, since churn.notify.email.host is set"),
                settings.get("churn.notify.email.user"),
                settings.get("churn.notify.email.password"),
                settings.flag("churn.notify.email.starttls"),
                settings.flag("churn.notify.email.ssl"));
        if (email.starttls() && email.ssl()) {
            settings.problem("churn.notify.email.starttls, churn.notify.email.ssl: only one of them can be true");
        }
        String webhook = settings.secret(
                "churn.notify.webhook.url",
                url -> url.isEmpty() || Rules.isWebAddress(url),
                "an address that begins with http:// or https://, or empty for no webhook");
        Duration timeout = Duration.ofMillis(settings.whole("churn.notify.timeout-ms", 1, 600_000));
        return new ChurnConfig.Notify(email, new ChurnConfig.Webhook(webhook), timeout);
    }

    private void checkTopicsDiffer(ChurnConfig.Topics topics) {
        List<String> names = List.of(
                topics.raw(), topics.predictions(), topics.deadletter(), topics.checkpoints(), topics.replays());
        if (names.stream().distinct().count() < names.size()) {
            settings.problem("churn.topics.*: must be five different topics, but are " + names);
        }
    }

    private double[] tiers() {
        String key = "churn.score.tiers";
        String[] parts = settings.get(key).split(",", -1);
        try {
            double medium = PlainDecimal.parse(parts[0]);
            double high = PlainDecimal.parse(parts[1]);
            if (parts.length == 2 && 0 < medium && medium < high && high < 1) {
                return new double[] {medium, high};
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            // Reported below, with the value.
        }
        settings.reject(key, "two ascending probabilities between 0 and 1, such as 0.3,0.6");
        return new double[2];
    }

    private CustomerValidator.Mode validation() {
        String key = "churn.validation";
        try {
            return CustomerValidator.Mode.valueOf(settings.get(key).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            settings.reject(key, "strict or lenient");
            return CustomerValidator.Mode.STRICT;
        }
    }

    private String topic(String key) {
        return settings.text(
                key, name -> TOPIC.matcher(name).matches(), "a topic's name: letters, digits, dots, dashes, _");
    }
}
