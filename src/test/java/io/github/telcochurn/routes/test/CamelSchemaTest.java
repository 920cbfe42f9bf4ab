package io.github.telcochurn.routes.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.telcochurn.routes.RouteFiles;
import io.github.telcochurn.routes.Rule;
import io.github.telcochurn.yaml.YamlJson;
import io.github.telcochurn.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Camel's own JSON Schema, in a third-party validator, agrees with the linter. */
class CamelSchemaTest {
    private static JsonSchema schema;

    @BeforeAll
    static void readTheSchema() throws IOException {
        try (InputStream in = CamelSchemaTest.class.getClassLoader().getResourceAsStream("schema/camelYamlDsl.json")) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(in);
        }
    }

    @Test
    void shippedRoutesAreValid() throws Exception {
        List<Path> files;
        try (Stream<Path> routes = Files.list(Path.of("routes"))) {
            files = routes.filter(file -> file.toString().endsWith(RouteFiles.SUFFIX))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            assertThat(schema.validate(json(file))).as(file.toString()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN_KEY", "WRONG_TYPE", "MISSING_KEY"})
    void fixturesOfTheSchemaAreInvalid(Rule rule) throws Exception {
        Path fixture = Path.of("src/test/resources/routes/invalid", rule.id() + RouteFiles.SUFFIX);

        assertThat(schema.validate(json(fixture))).isNotEmpty();
    }

    private static JsonNode json(Path file) throws IOException, YamlReader.InvalidYaml {
        return YamlJson.of(new YamlReader(0, 0).read(Files.readString(file)).orElseThrow());
    }
}
