package io.github.telcochurn.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.github.telcochurn.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A file of the checkout that tools read as data. */
record ProjectFile(Path path) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Finds it.
     *
     * @param name relative to the root of the checkout
     */
    static ProjectFile at(String name) {
        return new ProjectFile(TestProject.ROOT.resolve(name));
    }

    String text() throws IOException {
        return Files.readString(path);
    }

    /** Its one document of YAML. */
    JsonNode yaml() throws IOException {
        return yamlDocuments().get(0);
    }

    /** Its documents of YAML, with merges and aliases resolved; a duplicate key is an error. */
    List<JsonNode> yamlDocuments() throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<JsonNode> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(options))
                .loadAll(text())
                .forEach(document -> documents.add(JSON.valueToTree(document)));
        return documents;
    }

    JsonNode json() throws IOException {
        return JSON.readTree(path.toFile());
    }

    /** What is wrong with a document by the schema in this file. */
    Set<ValidationMessage> problemsOf(JsonNode document, VersionFlag version) throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(version).getSchema(json());
        return schema.validate(document);
    }
}
