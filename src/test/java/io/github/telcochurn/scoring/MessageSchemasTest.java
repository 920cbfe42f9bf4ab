package io.github.telcochurn.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerJson;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.RawMessageSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JSON Schemas of messages are made of the customer's schema; those in docs/ are copies. */
class MessageSchemasTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode copy(String name) throws IOException {
        return JSON.readTree(TestProject.ROOT
                .resolve("docs/schemas")
                .resolve(name + ".schema.json")
                .toFile());
    }

    @Test
    void ofTheRawTopicIsTheCopyInTheDocs() throws IOException {
        JsonNode made = JSON.readTree(JSON.writeValueAsBytes(RawMessageSchema.of(TestProject.SCHEMA)));
        assertThat(made)
                .as("make the copy anew: ./churn schema json > docs/schemas/raw-customer.schema.json")
                .isEqualTo(copy("raw-customer"));
    }

    @Test
    void ofThePredictionsIsTheCopyInTheDocs() throws IOException {
        JsonNode made = JSON.readTree(JSON.writeValueAsBytes(PredictionSchema.of(TestProject.SCHEMA)));
        assertThat(made)
                .as("make the copy anew: ./churn schema json --of prediction > docs/schemas/prediction.schema.json")
                .isEqualTo(copy("prediction"));
    }

    @Test
    void allShippedCustomersAreAsItSays() throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(RawMessageSchema.of(TestProject.SCHEMA));
        CustomerJson json = new CustomerJson(TestProject.SCHEMA);

        for (Customer customer : TestCustomers.shipped()) {
            byte[] message = json.write(customer, "2026-11-24T12:00:00.000Z");
            assertThat(schema.validate(JSON.readTree(message))).isEmpty();
        }
    }

    @Test
    void refusesWhatTheValidatorRefuses() throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(RawMessageSchema.of(TestProject.SCHEMA));

        for (String broken :
                new String[] {"{\"customerID\": \"\"}", "{\"tenure\": 1201}", "{\"Contract\": \"Weekly\"}"}) {
            JsonNode message = JSON.readerForUpdating(JSON.readTree(TestProject.firstCustomerAsJson()))
                    .readTree(broken);
            assertThat(schema.validate(message)).isNotEmpty();
        }
    }

    @Test
    void followsAnySchema(@TempDir Path dir) throws IOException {
        CustomerSchema power = CustomerSchema.read(Files.writeString(dir.resolve("power.schema.yaml"), """
                name: power
                id: meter
                label: {column: left, churned: 1, stayed: 0}
                columns:
                  - {name: tariff, values: [day, night], optional: true}
                  - {name: kWh, type: decimal, min: -1.5, unit: kWh, blankWhen: {tariff: night}}
                  - {name: paysOnline, type: flag}
                  - {name: visits, type: integer, max: 9, blankWhen: {paysOnline: 1}}
                """));

        assertThat(RawMessageSchema.of(power).toPrettyString()).isEqualToIgnoringNewLines("""
                {
                  "$schema" : "https://json-schema.org/draft/2020-12/schema",
                  "$id" : "urn:telco-churn:raw-customer",
                  "title" : "Raw customer",
                  "description" : "One message on the raw topic, as our own ingest writes it. The key is the meter. From other \
                producers numbers may also arrive as strings, in plain decimals (29.85, not 1e3), and unknown extra fields are \
                ignored.",
                  "type" : "object",
                  "required" : [ "meter", "tariff", "kWh", "paysOnline", "visits", "event_ts" ],
                  "properties" : {
                    "meter" : {
                      "type" : "string",
                      "minLength" : 1,
                      "maxLength" : 256
                    },
                    "tariff" : {
                      "enum" : [ "day", "night", null ]
                    },
                    "kWh" : {
                      "type" : [ "number", "null" ],
                      "minimum" : -1.5,
                      "description" : "kWh; null only when tariff is night"
                    },
                    "paysOnline" : {
                      "enum" : [ 0, 1 ]
                    },
                    "visits" : {
                      "type" : [ "integer", "null" ],
                      "maximum" : 9,
                      "description" : "null only when paysOnline is 1"
                    },
                    "left" : {
                      "enum" : [ "1", "0" ],
                      "description" : "the label, where it is known; never a feature"
                    },
                    "event_ts" : {
                      "type" : "string",
                      "format" : "date-time",
                      "description" : "ISO-8601, UTC, milliseconds"
                    }
                  }
                }
                """.stripTrailing());
        assertThat(PredictionSchema.of(power).at("/properties").fieldNames())
                .toIterable()
                .startsWith("meter", "churn_probability");
        assertThat(PredictionSchema.of(power).at("/required/0").asText()).isEqualTo("meter");
    }

    @Test
    void examplesOfTheSecondTelcoAreAsItSays() throws IOException {
        CustomerSchema customers = CustomerSchema.read(TestProject.ROOT.resolve("data/mlc.schema.yaml"));
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(RawMessageSchema.of(customers));
        CustomerJson json = new CustomerJson(customers);

        for (int i = 0; i < 200; i++) {
            byte[] message = json.write(customers.example(i), "2026-11-24T12:00:00.000Z");
            assertThat(schema.validate(JSON.readTree(message))).isEmpty();
        }
    }
}
