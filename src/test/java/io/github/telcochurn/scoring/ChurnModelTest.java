package io.github.telcochurn.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.protos.core.ModelProto;

class ChurnModelTest {
    @TempDir
    private Path dir;

    private Path modelFile;
    private Path card;

    @BeforeEach
    void copyTheChampion() throws IOException {
        TestModels.copyShipped(dir);
        modelFile = dir.resolve(TestModels.shippedFile().getFileName());
        card = dir.resolve(TestModels.shippedCard().getFileName());
    }

    @Test
    void loadsTheChampion() {
        assertThat(new ModelFolder(dir, TestProject.SCHEMA).champion().version())
                .startsWith("logistic-");
    }

    @Test
    void refusesAnAlteredFileBeforeParsingIt() throws IOException {
        byte[] bytes = Files.readAllBytes(modelFile);
        bytes[bytes.length / 2] ^= 1;
        Files.write(modelFile, bytes);

        assertThatThrownBy(() -> new ModelFolder(dir, TestProject.SCHEMA).champion())
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessageContaining("its SHA-256 is")
                .hasMessageContaining(modelFile.getFileName().toString());
    }

    @Test
    void refusesATruncatedFileEvenWithItsOwnHash() throws IOException {
        byte[] bytes = Files.readAllBytes(modelFile);
        replaceModel(Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> new ModelFolder(dir, TestProject.SCHEMA).champion())
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void refusesAClassThatIsNotAllowed() throws IOException {
        ModelProto proto = ModelProto.parseFrom(Files.readAllBytes(modelFile)).toBuilder()
                .setClassName("java.lang.ProcessBuilder")
                .build();
        replaceModel(proto.toByteArray());

        assertThatThrownBy(() -> new ModelFolder(dir, TestProject.SCHEMA).champion())
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessageContaining("its class java.lang.ProcessBuilder is none of");
    }

    @Test
    void saysHowToMakeAModelWhenThereIsNone() throws IOException {
        Files.delete(card);
        Files.delete(dir.resolve(ModelHistory.FILE));

        assertThatThrownBy(() -> new ModelFolder(dir, TestProject.SCHEMA).champion())
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessageContaining("No champion in")
                .hasMessageContaining("./churn train");
    }

    @Test
    void refusesACardThatIsNotOne() throws IOException {
        Files.writeString(card, "{\"version\": 3");

        assertThatThrownBy(() -> new ModelFolder(dir, TestProject.SCHEMA).champion())
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessageContaining("not a model card");
    }

    private void replaceModel(byte[] bytes) throws IOException {
        Files.write(modelFile, bytes);
        ObjectMapper json = new ObjectMapper();
        ObjectNode node = (ObjectNode) json.readTree(card.toFile());
        node.put("sha256", DigestUtils.sha256Hex(bytes));
        Files.write(card, json.writeValueAsBytes(node));
    }
}
