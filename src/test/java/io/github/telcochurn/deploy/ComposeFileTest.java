package io.github.telcochurn.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigException;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ComposeFileTest {
    private static final Set<String> PROGRAM = Set.of("churn", "churn-cluster", "scorer");
    private static final ChurnConfig DEFAULTS = new ChurnContainer("defaults", "", List.of(), Map.of()).settings();

    private ObjectNode compose;
    private JsonNode services;

    @BeforeEach
    void readTheFile() throws IOException {
        compose = (ObjectNode) ProjectFile.at("docker-compose.yml").yaml();
        services = compose.path("services");
    }

    private static Set<ValidationMessage> problems(JsonNode compose) throws IOException {
        return ProjectFile.at("src/test/resources/third-party/compose-spec.json")
                .problemsOf(compose, VersionFlag.V201909);
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
    }

    private static Map<String, String> environment(JsonNode service) {
        Map<String, String> environment = new LinkedHashMap<>();
        service.path("environment")
                .properties()
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asText()));
        return environment;
    }

    private ChurnContainer container(String service) {
        JsonNode definition = services.path(service);
        return new ChurnContainer(
                service,
                definition.path("image").asText(),
                texts(definition.path("command")).toList(),
                environment(definition));
    }

    @Test
    void isValidByTheComposeSpecification() throws IOException {
        assertThat(problems(compose)).isEmpty();
    }

    @Test
    void isInvalidWithAMistypedKey() throws IOException {
        ((ObjectNode) services.path("churn")).put("restarts", "always");

        assertThat(problems(compose)).anyMatch(problem -> problem.toString().contains("restarts"));
    }

    @Test
    void startsExistingCommandsWithExistingSettings() {
        assertThat(container("churn").command()).isEqualTo("run");
        assertThat(container("churn-cluster").command()).isEqualTo("run");
        assertThat(container("scorer").command()).isEqualTo("score");
        assertThat(container("churn").settings().kafka().brokers()).isEqualTo("kafka:19092");
        for (String member : List.of("churn-cluster", "scorer")) {
            assertThat(container(member).settings().topics().replicationFactor())
                    .isEqualTo((short) 3);
        }
    }

    @Test
    void failsThisTestWithAnUnknownCommandOrSetting() {
        assertThatThrownBy(() -> new ChurnContainer("", "", List.of("scores"), Map.of()).command())
                .isInstanceOf(CommandLine.ParameterException.class);
        assertThatThrownBy(() -> new ChurnContainer("", "", List.of("run"), Map.of("CHURN_BROKERS", "x:1")).settings())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("CHURN_BROKERS");
    }

    @Test
    void hasTheImagesOfThePom() throws Exception {
        Pom pom = new Pom();
        services.properties().forEach(service -> {
            String image = service.getValue().path("image").asText();
            assertThat(image.startsWith("apache/kafka:") || PROGRAM.contains(service.getKey()))
                    .as(service.getKey())
                    .isTrue();
        });
        for (String service : PROGRAM) {
            assertThat(container(service).image()).isEqualTo(pom.image());
        }
        for (String broker : List.of("kafka", "kafka-1", "kafka-2", "kafka-3")) {
            assertThat(services.path(broker).path("image").asText())
                    .isEqualTo("apache/kafka:" + pom.property("kafka.version"));
        }
    }

    @Test
    void publishesTheDefaultPortsAndToThisMachineOnly() {
        services.forEach(
                service -> assertThat(texts(service.path("ports"))).allMatch(port -> port.startsWith("127.0.0.1:")));
        assertThat(texts(services.path("kafka").path("ports")))
                .containsExactly(
                        "127.0.0.1:%1$d:%1$d".formatted(DEFAULTS.kafka().embeddedPort()));
        assertThat(texts(services.path("churn").path("ports")))
                .containsExactly("127.0.0.1:%1$d:%1$d".formatted(DEFAULTS.web().port()));
        assertThat(services.path("churn").path("healthcheck").path("test").toString())
                .contains("/127.0.0.1/" + DEFAULTS.web().port());
        List<String> published = StreamSupport.stream(services.spliterator(), false)
                .flatMap(service -> texts(service.path("ports")))
                .map(port -> port.split(":", -1)[1])
                .toList();
        assertThat(published).doesNotHaveDuplicates();
    }

    @Test
    void hasBrokersThatAdvertiseTheirOwnAddresses() {
        for (String broker : List.of("kafka", "kafka-1", "kafka-2", "kafka-3")) {
            Map<String, String> environment = environment(services.path(broker));
            String hostPort = texts(services.path(broker).path("ports"))
                    .findFirst()
                    .orElseThrow()
                    .split(":", -1)[2];

            assertThat(environment.get("KAFKA_ADVERTISED_LISTENERS"))
                    .isEqualTo("CLIENT://" + broker + ":19092,HOST://127.0.0.1:" + hostPort);
            assertThat(environment.get("KAFKA_LISTENERS"))
                    .isEqualTo("CLIENT://:19092,HOST://:" + hostPort + ",CONTROLLER://:9093");
            assertThat(environment.get("KAFKA_CONTROLLER_QUORUM_VOTERS"))
                    .contains(environment.get("KAFKA_NODE_ID") + "@" + broker + ":9093");
        }
    }

    @Test
    void hasAClusterThatCanLoseABrokerWithoutLosingMessages() {
        for (String broker : List.of("kafka-1", "kafka-2", "kafka-3")) {
            assertThat(environment(services.path(broker)))
                    .containsEntry("KAFKA_MIN_INSYNC_REPLICAS", "2")
                    .containsEntry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "3")
                    .containsEntry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "3")
                    .containsEntry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "2");
        }
    }

    @Test
    void startsTheClientsOfABrokerAfterIt() {
        for (String service : PROGRAM) {
            Set<String> brokers = Arrays.stream(environment(services.path(service))
                            .get("CHURN_KAFKA_BROKERS")
                            .split(",", -1))
                    .map(address -> address.split(":", -1)[0])
                    .collect(Collectors.toSet());
            Set<String> awaited = new TreeSet<>();
            services.path(service).path("depends_on").fieldNames().forEachRemaining(awaited::add);

            assertThat(awaited).isEqualTo(new TreeSet<>(brokers));
            brokers.forEach(broker ->
                    assertThat(services.path(broker).has("healthcheck")).isTrue());
        }
    }

    @Test
    void givesScorersNoSharedIdentity() {
        JsonNode scorer = services.path("scorer");

        assertThat(scorer.path("deploy").path("replicas").asInt()).isGreaterThan(1);
        assertThat(scorer.has("hostname")).isFalse();
        assertThat(scorer.has("network_mode")).isFalse();
        assertThat(scorer.has("volumes")).isFalse();
        assertThat(environment(scorer)).doesNotContainKey("CHURN_INSTANCE");
    }

    @Test
    void letsTheProgramWriteWhereItMustAndNowhereElse() throws Exception {
        String home = new Pom().imageHome();
        for (String service : PROGRAM) {
            JsonNode definition = services.path(service);
            List<String> writable = Stream.concat(
                            texts(definition.path("tmpfs")).map(mount -> mount.split(":", -1)[0]),
                            texts(definition.path("volumes")).map(mount -> mount.split(":", -1)[1]))
                    .toList();

            assertThat(definition.path("read_only").asBoolean()).isTrue();
            assertThat(writable).contains("/tmp", home + "/logs", home + "/var");
            if (container(service).command().equals("run")) {
                assertThat(writable).contains(home + "/reports", home + "/checkpoints", home + "/data/inbox");
            }
        }
        // Libraries are loaded from there.
        services.forEach(service -> assertThat(texts(service.path("tmpfs")).filter(mount -> mount.startsWith("/tmp:")))
                .allMatch(mount -> mount.contains("exec")));
    }

    @Test
    void declaresTheVolumesThatItMounts() {
        Set<String> declared = new TreeSet<>();
        compose.path("volumes").fieldNames().forEachRemaining(declared::add);
        Set<String> mounted = StreamSupport.stream(services.spliterator(), false)
                .flatMap(service -> texts(service.path("volumes")))
                .map(mount -> mount.split(":", -1)[0])
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(mounted).isEqualTo(declared);
    }
}
