package io.github.telcochurn.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.RunHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AsyncApiTest {
    private static final Path DOCS = TestProject.ROOT.resolve("docs");

    private ObjectNode api;

    @BeforeEach
    void readTheFile() throws IOException {
        api = (ObjectNode) ProjectFile.at("docs/asyncapi.yaml").yaml();
    }

    private static Set<ValidationMessage> problems(JsonNode api) throws IOException {
        return ProjectFile.at("src/test/resources/third-party/asyncapi-3.0.0.json")
                .problemsOf(api, VersionFlag.V7);
    }

    @Test
    void isValidAsyncApi() throws IOException {
        assertThat(problems(api)).isEmpty();
    }

    @Test
    void isInvalidWithAMistypedKeyOrAWrongBinding() throws IOException {
        ((ObjectNode) api.at("/channels/rawCustomers")).put("adress", "x");
        assertThat(problems(api)).anyMatch(problem -> problem.toString().contains("adress"));

        readTheFile();
        ((ObjectNode) api.at("/channels/rawCustomers/bindings/kafka")).put("partitions", "four");
        assertThat(problems(api)).anyMatch(problem -> problem.toString().contains("partitions"));
    }

    @Test
    void refersOnlyToWhatExists() throws IOException {
        List<String> references = api.findValuesAsText("$ref");

        assertThat(references).hasSizeGreaterThan(15);
        for (String reference : references) {
            assertThat(resolves(reference)).as(reference).isTrue();
        }
        assertThat(resolves("#/channels/rawCustomer")).isFalse();
        assertThat(resolves("../src/main/resources/schemas/raw.schema.json")).isFalse();
    }

    private boolean resolves(String reference) throws IOException {
        if (reference.startsWith("#")) {
            return !api.at(JsonPointer.compile(reference.substring(1))).isMissingNode();
        }
        Path file = DOCS.resolve(reference).normalize();
        return Files.exists(file) && new ProjectFile(file).json().has("$schema");
    }

    @Test
    void hasTheTopicsAndTheBrokerOfTheDefaultSettings() {
        ChurnConfig defaults = new ChurnContainer("defaults", "", List.of(), Map.of()).settings();
        JsonNode channels = api.path("channels");

        assertThat(channels.at("/rawCustomers/address").asText())
                .isEqualTo(defaults.topics().raw());
        assertThat(channels.at("/churnPredictions/address").asText())
                .isEqualTo(defaults.topics().predictions());
        assertThat(channels.at("/deadLetters/address").asText())
                .isEqualTo(defaults.topics().deadletter());
        for (String topic : List.of("rawCustomers", "churnPredictions", "deadLetters")) {
            JsonNode binding = channels.path(topic).at("/bindings/kafka");
            assertThat(binding.path("partitions").asInt())
                    .isEqualTo(defaults.topics().partitions());
            assertThat(binding.path("replicas").asInt())
                    .isEqualTo(defaults.topics().replicationFactor());
        }
        assertThat(api.at("/servers/kafka/host").asText())
                .isEqualTo(defaults.kafka().bootstrapServers());
        assertThat(api.at("/operations/score/bindings/kafka/groupId/default").asText())
                .isEqualTo(defaults.groupId());
    }

    @Test
    void namesTheHeadersThatTheProgramSets() {
        JsonNode messages = api.at("/components/messages");

        assertThat(messages.at("/rawCustomer/headers/properties").fieldNames())
                .toIterable()
                .containsExactly(RunHeaders.RUN_ID, RunHeaders.SOURCE);
        assertThat(messages.at("/prediction/headers/properties").fieldNames())
                .toIterable()
                .containsExactly(RunHeaders.RUN_ID, RunHeaders.SOURCE, RunHeaders.ORIGIN);
    }
}
