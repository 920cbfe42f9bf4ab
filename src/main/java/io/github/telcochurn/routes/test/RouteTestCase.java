package io.github.telcochurn.routes.test;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A case of a test file; {@code schemas/route-test.schema.json} describes its keys.
 *
 * @param name a sentence that holds when the case passes
 * @param route the route that gets the input
 * @param with other routes that are loaded too
 * @param conditions what filters and branches decide, by their ids
 * @param replace what replaces steps, by their ids
 * @param expect what reached steps, which are replaced as well
 * @param answer the exchange at the end; null for anything
 * @param thrown what the route must fail with; null when it must not fail
 */
public record RouteTestCase(
        String name,
        String route,
        List<String> with,
        Map<String, String> settings,
        Input input,
        Map<String, Boolean> conditions,
        Map<String, Replacement> replace,
        Map<String, Expectation> expect,
        Answer answer,
        @JsonProperty("throws") Thrown thrown) {

    public RouteTestCase {
        with = with == null ? List.of() : List.copyOf(with);
        settings = settings == null ? Map.of() : settings;
        input = input == null ? new Input(null, null, null, null, null, null, null) : input;
        conditions = conditions == null ? Map.of() : conditions;
        replace = replace == null ? Map.of() : replace;
        expect = expect == null ? Map.of() : expect;
    }

    /**
     * What the route is given; of {@code body}, {@code customer}, {@code records}, {@code notice} and {@code file} at most one.
     *
     * @param customer number of a made-up customer
     */
    public record Input(
            JsonNode body,
            Integer customer,
            List<InputRecord> records,
            JsonNode notice,
            InputFile file,
            Map<String, JsonNode> headers,
            Map<String, JsonNode> variables) {
        public Input {
            headers = headers == null ? Map.of() : headers;
            variables = variables == null ? Map.of() : variables;
        }
    }

    /**
     * A raw message of a poll.
     *
     * @param customer number of a made-up customer, instead of a value
     */
    public record InputRecord(
            String topic,
            int partition,
            long offset,
            String key,
            JsonNode value,
            Integer customer,
            Map<String, String> headers) {
        public InputRecord {
            headers = headers == null ? Map.of() : headers;
        }
    }

    /**
     * A file that exists while the case runs.
     *
     * @param customers how many made-up customers are in it, instead of a text
     */
    public record InputFile(String name, String text, int customers) {}

    /** Answers or throws in place of a step; with neither, it only records messages. */
    public record Replacement(
            JsonNode body,
            JsonNode notice,
            @JsonProperty("throws") Thrown thrown) {}

    /**
     * An exception.
     *
     * @param exception its class; of an expected one the simple name will do
     * @param message of an expected one, a pattern with {@code *}
     * @param times how often it is thrown before the step succeeds; null for always
     */
    public record Thrown(String exception, String message, Integer times) {}

    /** What reached a step: texts are patterns with {@code *}; of objects, only the given keys are compared. */
    public record Expectation(
            Integer count, List<JsonNode> bodies, List<JsonNode> records, Map<String, JsonNode> headers) {
        public Expectation {
            headers = headers == null ? Map.of() : headers;
        }
    }

    /** The exchange at the end. */
    public record Answer(JsonNode body, Map<String, JsonNode> headers, Map<String, JsonNode> variables) {
        public Answer {
            headers = headers == null ? Map.of() : headers;
            variables = variables == null ? Map.of() : variables;
        }
    }
}
