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
import io.github.telcochurn.customer.RawMessageSchema;
import java.io.IOException;
import org.junit.jupiter.api.Test;

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
}
