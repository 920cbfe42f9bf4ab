package io.github.telcochurn.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of {@code docs/messages.md} are valid messages. */
class MessagesPageTest {
    /** The example in JSON under each heading. */
    private static Map<String, JsonNode> examples() throws IOException {
        Map<String, JsonNode> examples = new LinkedHashMap<>();
        Node page = Parser.builder()
                .build()
                .parse(ProjectFile.at("docs/messages.md").text());
        String heading = "";
        for (Node block = page.getFirstChild(); block != null; block = block.getNext()) {
            if (block instanceof Heading) {
                heading = ((Text) block.getFirstChild()).getLiteral();
            } else if (block instanceof FencedCodeBlock code && "json".equals(code.getInfo())) {
                examples.put(heading, new ObjectMapper().readTree(code.getLiteral()));
            }
        }
        return examples;
    }

    private static Set<ValidationMessage> problems(String schema, JsonNode message) throws IOException {
        return ProjectFile.at(schema).problemsOf(message, VersionFlag.V202012);
    }

    @ParameterizedTest
    @CsvSource({
        "Raw customer, docs/schemas/raw-customer.schema.json",
        "Prediction, docs/schemas/prediction.schema.json",
        "Dead letter, src/main/resources/schemas/dead-letter.schema.json"
    })
    void eachExampleIsValidByItsSchema(String heading, String schema) throws IOException {
        assertThat(examples()).containsKey(heading);
        assertThat(problems(schema, examples().get(heading))).isEmpty();
    }

    @Test
    void anInvalidExampleWouldBeFound() throws IOException {
        ObjectNode prediction = (ObjectNode) examples().get("Prediction");
        prediction.put("risk_tier", "Extreme");

        assertThat(problems("docs/schemas/prediction.schema.json", prediction)).isNotEmpty();
    }

    @Test
    void thePredictionIsOfTheRawCustomer() throws IOException {
        Map<String, JsonNode> examples = examples();

        for (String field : new String[] {"customerID", "event_ts"}) {
            assertThat(examples.get("Prediction").path(field))
                    .isEqualTo(examples.get("Raw customer").path(field));
        }
    }
}
