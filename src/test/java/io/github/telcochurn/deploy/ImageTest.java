package io.github.telcochurn.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.telcochurn.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The image, as {@code pom.xml} describes it, and the launcher start the same program in the same way. */
class ImageTest {
    /** Written by runs, below the program's folder. */
    private static final List<String> WRITTEN = List.of("checkpoints", "data/inbox", "logs", "reports", "var");

    /** The words of the launcher's list that follows this text; a word may be in quotes. */
    private static List<String> launcherFlags(String introduced) throws IOException {
        String launcher = ProjectFile.at("churn").text();
        Matcher list = Pattern.compile("\\b" + Pattern.quote(introduced) + "\\((.*)\\)")
                .matcher(launcher);
        assertThat(list.find()).as(introduced).isTrue();
        return Pattern.compile("\"([^\"]*)\"|(\\S+)")
                .matcher(list.group(1))
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toList();
    }

    @Test
    void hasTheLaunchersFlagsAndExitsWhenOutOfMemoryEvenAsProcessOne() throws Exception {
        List<String> launcher = launcherFlags("tuning=");

        assertThat(launcher).hasSize(2).anyMatch(flag -> flag.startsWith("-XX:OnOutOfMemoryError="));
        assertThat(new Pom().imageJvmFlags()).containsAll(launcher).contains("-XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void givesStreamingScorersTheLaunchersFlagsForThem() throws Exception {
        String streaming = String.join(" ", launcherFlags("tuning+="));
        JsonNode compose = ProjectFile.at("docker-compose.yml").yaml();
        JsonNode scorers =
                ProjectFile.at("deploy/kubernetes/scorers.yaml").yamlDocuments().get(0);

        assertThat(streaming).contains("-XX:TieredStopAtLevel=1");
        assertThat(compose.at("/services/scorer/environment/JDK_JAVA_OPTIONS").asText())
                .isEqualTo(streaming);
        assertThat(scorers.at("/spec/template/spec/containers/0/env").findValuesAsText("value"))
                .containsExactly(streaming);
    }

    @Test
    void hasWhatTheProgramReadsAndFoldersForWhatItWrites() throws Exception {
        Pom pom = new Pom();
        String home = pom.imageHome();

        assertThat(pom.imageSources()).containsExactly("routes", "models", "data", "deploy/image");
        for (String source : pom.imageSources()) {
            assertThat(TestProject.ROOT.resolve(source)).isDirectory();
        }
        assertThat(pom.imageWritableFolders())
                .containsExactlyElementsOf(
                        WRITTEN.stream().map(folder -> home + "/" + folder).toList());
        Path skeleton = TestProject.ROOT.resolve("deploy/image");
        try (Stream<Path> kept = Files.walk(skeleton)) {
            assertThat(kept.filter(Files::isRegularFile)
                            .map(file -> skeleton.relativize(file.getParent()).toString()))
                    .containsExactlyInAnyOrderElementsOf(WRITTEN);
        }
    }
}
