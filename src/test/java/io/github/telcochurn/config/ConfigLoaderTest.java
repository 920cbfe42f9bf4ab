package io.github.telcochurn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.customer.CustomerValidator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

class ConfigLoaderTest {
    @TempDir
    private Path dir;

    @Test
    void hasTheDefaultsOfTheDesign() {
        ChurnConfig config = load(Map.of(), Map.of());

        assertThat(config.topics().raw()).isEqualTo("telco-raw-customers");
        assertThat(config.topics().predictions()).isEqualTo("telco-churn-predictions");
        assertThat(config.topics().deadletter()).isEqualTo("telco-deadletter");
        assertThat(config.topics().partitions()).isEqualTo(4);
        assertThat(config.kafka().bootstrapServers()).isEqualTo("127.0.0.1:29092");
        assertThat(config.kafka().embeddedDir()).isEqualTo(dir.resolve("var/kafka"));
        assertThat(config.batch()).isEqualTo(new ChurnConfig.Batch(1000, 0, 95));
        assertThat(config.score()).isEqualTo(new ChurnConfig.Score(2000, 0.5, 0.3, 0.6));
        assertThat(config.value()).isEqualTo(new ChurnConfig.Value(50, 0.3, 12, 10));
        assertThat(config.validation()).isEqualTo(CustomerValidator.Mode.STRICT);
    }

    @Test
    void laysSourcesOverEachOtherInRisingOrder() throws IOException {
        Files.writeString(
                dir.resolve("application.properties"),
                "churn.group-id=file\nchurn.topics.raw=file\nchurn.topics.predictions=file-p\ncamel.main.name=mine\n");

        ChurnConfig config = load(
                Map.of("CHURN_GROUP_ID", "env", "CHURN_TOPICS_RAW", "env", "PATH", "/bin"),
                Map.of("churn.group-id", "set"));

        assertThat(config.groupId()).isEqualTo("set");
        assertThat(config.topics().raw()).isEqualTo("env");
        assertThat(config.topics().predictions()).isEqualTo("file-p");
        assertThat(config.properties()).containsEntry("camel.main.name", "mine");
    }

    @Test
    void startsRelativePathsInAFolderOfItsOwnButForTheShippedRoutes() throws IOException {
        Path installation = Path.of("").toAbsolutePath();
        Files.copy(installation.resolve("data/mlc.schema.yaml"), dir.resolve("mine.schema.yaml"));
        Files.writeString(dir.resolve("application.properties"), "churn.dir=.\nchurn.schema=mine.schema.yaml\n");

        ChurnConfig config = ConfigLoader.load(installation, dir, Map.of(), Map.of());

        assertThat(config.home()).isEqualTo(dir);
        assertThat(config.schema().name()).isEqualTo("mlc");
        assertThat(config.modelDir()).isEqualTo(dir.resolve("models"));
        assertThat(config.routes().dir()).isEqualTo(installation.resolve("routes"));
        // Whoever changes a setting later has the same folders.
        ChurnConfig changed = ConfigLoader.override(config, Map.of("churn.group-id", "g"));
        assertThat(changed.home()).isEqualTo(dir);
        assertThat(changed.routes().dir()).isEqualTo(installation.resolve("routes"));

        Map<String, String> ownRoutes = Map.of("churn.routes.dir", "mine");
        assertThat(ConfigLoader.load(installation, dir, Map.of(), ownRoutes)
                        .routes()
                        .dir())
                .isEqualTo(dir.resolve("mine"));
    }

    @Test
    void readsAFileWithAByteOrderMark() throws IOException {
        Files.writeString(
                dir.resolve("application.properties"), "\uFEFFchurn.group-id=first\nchurn.topics.raw=second\n");

        ChurnConfig config = load(Map.of(), Map.of());

        assertThat(config.groupId()).isEqualTo("first");
        assertThat(config.topics().raw()).isEqualTo("second");
    }

    @Test
    void namesTheLineOfAFileThatIsNotUtf8() throws IOException {
        Path file = dir.resolve("application.properties");
        Files.writeString(file, "churn.group-id=a\nchurn.data.csv=Gebühren.csv\n", StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> load(Map.of(), Map.of()))
                .isInstanceOfSatisfying(ConfigException.class, refused -> assertThat(refused.problems())
                        .containsExactly(file + "(2): The byte 0xFC is not UTF-8. Save the file as UTF-8."));

        Files.writeString(file, "\uFEFFchurn.group-id=a\n", StandardCharsets.UTF_16BE);
        assertThatThrownBy(() -> load(Map.of(), Map.of()))
                .isInstanceOfSatisfying(ConfigException.class, refused -> assertThat(refused.problems())
                        .containsExactly(file + "(1): This is UTF-16. Save the file as UTF-8."));
    }

    @Test
    void showsNoSecretAsText() {
        Map<String, String> secrets = Map.of(
                "churn.notify.email.password", "geheim-1",
                "churn.notify.webhook.url", "https://hooks.example.com/geheim-2",
                "churn.schedule.jdbc.password", "geheim-3",
                "churn.schedule.jdbc.url", "jdbc:postgresql://db:5432/churn?password=geheim-4",
                "camel.component.http.proxy-auth-password", "geheim-5",
                "churn.group-id", "shown");

        assertThat(load(Map.of(), secrets).toString())
                .contains("churn.group-id=shown", "churn.notify.email.password=***", "churn.schedule.jdbc.url=***")
                .doesNotContain("geheim");
    }

    /** A secret among the settings is masked because of its name, so a new one must be added where they are named. */
    @Test
    void masksEverySettingThatIsNamedLikeASecret() {
        Map<String, String> secrets = load(Map.of(), Map.of()).properties().keySet().stream()
                .filter(key -> key.startsWith("churn.") && key.matches(".*(password|token|secret|credential).*"))
                .collect(Collectors.toMap(key -> key, key -> "geheim"));

        assertThat(secrets).hasSizeGreaterThanOrEqualTo(2);
        assertThat(load(Map.of(), secrets).toString()).doesNotContain("geheim");
    }

    @Test
    void takesALevelOfOwnRoutesLogsInEitherCase() {
        assertThat(load(Map.of(), Map.of()).routes().logLevel()).isEqualTo(Level.INFO);
        assertThat(load(Map.of(), Map.of("churn.log.level", "debug")).routes().logLevel())
                .isEqualTo(Level.DEBUG);
        assertThatThrownBy(() -> load(Map.of(), Map.of("churn.log.level", "loud")))
                .isInstanceOfSatisfying(ConfigException.class, refused -> assertThat(refused.problems())
                        .singleElement()
                        .asString()
                        .endsWith("churn.log.level must be ERROR, WARN, INFO, DEBUG or TRACE, but is \"loud\""));
    }

    @Test
    void takesAPodsNameForTheInstanceButNoPath() {
        assertThat(load(Map.of("CHURN_INSTANCE", "telco-churn-scorer-0"), Map.of())
                        .instance())
                .isEqualTo("telco-churn-scorer-0");
        assertThatThrownBy(() -> load(Map.of("CHURN_INSTANCE", "a/b"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("churn.instance must be a name of letters");
    }

    @Test
    void reportsEveryProblemAtOnceWithItsSourceAndASuggestion() throws IOException {
        Files.writeString(dir.resolve("application.properties"), "churn.topic.raw=x\n");

        assertThatThrownBy(() -> load(
                        Map.of("CHURN_GROUPID", "x"),
                        Map.of(
                                "churn.score.threshold", "1.5",
                                "churn.score.tiers", "0.6,0.3",
                                "churn.batch.batch-size", "many",
                                "churn.kafka.brokers", "localhost",
                                "churn.validation", "loose",
                                "churn.health.cron", "every hour",
                                "churn.web.port", "0",
                                "churn.topics.raw", "a/b")))
                .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.problems())
                        .hasSize(10)
                        .anySatisfy(line -> assertThat(line)
                                .endsWith("application.properties: unknown key churn.topic.raw."
                                        + " Did you mean churn.topics.raw?"))
                        .anySatisfy(line -> assertThat(line)
                                .contains("environment variable CHURN_GROUPID", "Did you mean CHURN_GROUP_ID?"))
                        .contains("--set: churn.score.threshold must be a number from 0.0 to 1.0, but is \"1.5\"")
                        .contains(
                                "--set: churn.batch.batch-size must be a whole number from 1 to 100000, but is \"many\"")
                        .contains("--set: churn.validation must be strict or lenient, but is \"loose\"")
                        .anySatisfy(line -> assertThat(line).contains("churn.score.tiers must be two ascending"))
                        .anySatisfy(line -> assertThat(line).contains("churn.health.cron must be a Quartz cron"))
                        .anySatisfy(line -> assertThat(line).contains("churn.web.port must be a whole number"))
                        .anySatisfy(line -> assertThat(line).contains("churn.kafka.brokers must be host:port"))
                        .anySatisfy(line -> assertThat(line).contains("churn.topics.raw must be a topic's name")));
    }

    @ParameterizedTest
    @CsvSource({
        "churn.score.threshold, 0.5f, a number from 0.0 to 1.0",
        "churn.batch.success-threshold, 0x1p3, a number from 0.0 to 100.0",
        "churn.score.tiers, '0.3d,0.6', 'two ascending probabilities between 0 and 1, such as 0.3,0.6'"
    })
    void acceptsNumbersInPlainDecimalsOnly(String key, String value, String expected) {
        assertThatThrownBy(() -> load(Map.of(), Map.of(key, value)))
                .hasMessageContaining(key + " must be " + expected + ", but is \"" + value + '"');
    }

    @Test
    void refusesOneTopicForTwoPurposes() {
        assertThatThrownBy(() -> load(Map.of(), Map.of("churn.topics.raw", "t", "churn.topics.predictions", "t")))
                .hasMessageContaining("must be five different topics");
    }

    @Test
    void tellsNobodyByDefault() {
        ChurnConfig.Notify notification = load(Map.of(), Map.of()).notification();

        assertThat(notification.email().isEnabled()).isFalse();
        assertThat(notification.webhook().isEnabled()).isFalse();
    }

    @Test
    void wantsASenderAndReceiversOnceThereIsAMailServer() {
        assertThatThrownBy(() -> load(
                        Map.of(),
                        Map.of(
                                "churn.notify.email.host", "mail.example.com",
                                "churn.notify.email.to", "ops@example.com, nobody",
                                "churn.notify.email.ssl", "yes")))
                .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.problems())
                        .hasSize(3)
                        .anySatisfy(line -> assertThat(line).contains("churn.notify.email.from must be a mail address"))
                        .anySatisfy(line -> assertThat(line).contains("churn.notify.email.to must be mail addresses"))
                        .anySatisfy(line -> assertThat(line).contains("churn.notify.email.ssl must be true or false")));
    }

    @Test
    void doesNotShowAWebhookThatItRefuses() {
        assertThatThrownBy(() -> load(Map.of("CHURN_NOTIFY_WEBHOOK_URL", "hooks.example.com/t0ken"), Map.of()))
                .hasMessageContaining(
                        "CHURN_NOTIFY_WEBHOOK_URL: churn.notify.webhook.url must be an address that begins")
                .hasMessageNotContaining("t0ken");
    }

    @Test
    void schedulesHourlyInUtcAndInMemoryByDefault() {
        ChurnConfig.Schedule schedule = load(Map.of(), Map.of()).schedule();

        assertThat(schedule.cron()).isEqualTo("0 0 * * * ?");
        assertThat(schedule.timezone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(schedule.store().isEnabled()).isFalse();
    }

    @Test
    void refusesAScheduleThatNobodyCanKeep() {
        assertThatThrownBy(() -> load(
                        Map.of(),
                        Map.of(
                                "churn.batch.cron", "hourly",
                                "churn.batch.timezone", "+02:00",
                                "churn.schedule.jdbc.url", "jdbc:mysql://db/churn?password=s3cr3t")))
                .hasMessageContaining("churn.batch.cron must be a Quartz cron expression")
                .hasMessageContaining("churn.batch.timezone must be the id of a time zone")
                .hasMessageContaining("churn.schedule.jdbc.url must be an address like jdbc:postgresql:")
                .hasMessageNotContaining("s3cr3t");
    }

    private ChurnConfig load(Map<String, String> environment, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("churn.schema", TestProject.SCHEMA_FILE.toString());
        return ConfigLoader.load(dir, dir, environment, all);
    }
}
