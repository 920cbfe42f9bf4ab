package io.github.telcochurn.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.deadletter.DeadLetterHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes made, as users make them, from the templates that read predictions. */
@RoutesUnderTest({
    "predictions-to-file",
    "predictions-to-http",
    "predictions-to-mail",
    "predictions-to-sql",
    "predictions-enriched"
})
class PredictionTemplatesTest extends RouteTestSupport {
    private static final String HIGH = """
            {"customerID":"7590-VHVEG","churn_probability":0.83,"prediction":"Yes","risk_tier":"High"}""";
    private static final String LOW = """
            {"customerID":"5575-GNVDE","churn_probability":0.04,"prediction":"No","risk_tier":"Low"}""";
    private static final String ROUTE = "mine";
    private static final String DELIVERED = "mock:delivered";

    private MockEndpoint delivered;
    private MockEndpoint deadLetters;

    @BeforeEach
    void replaceTheDeadLetterTopic() throws Exception {
        AdviceWith.adviceWith(context, "error-handling", route -> route.weaveById("send-dead-letter")
                .replace()
                .to("mock:dead-letters"));
        delivered = getMockEndpoint(DELIVERED);
        deadLetters = getMockEndpoint("mock:dead-letters");
        deadLetters.expectedMessageCount(0);
    }

    /**
     * Makes a route whose input comes from the test.
     *
     * @param mocks what replaces the endpoints that it sends to, by patterns of their URIs
     */
    private void use(String template, Map<String, Object> parameters, Map<String, String> mocks) throws Exception {
        TemplatedRouteBuilder.builder(context, template)
                .routeId(ROUTE)
                .parameter("group", "a-group")
                .parameters(parameters)
                .add();
        AdviceWith.adviceWith(context, ROUTE, route -> {
            route.replaceFromWith(INPUT);
            mocks.forEach((uri, mock) -> route.weaveByToUri(uri).replace().to(mock));
        });
        context.start();
    }

    private Exchange send(String prediction) {
        return template.request(INPUT, exchange -> {
            exchange.getMessage().setBody(prediction.getBytes(UTF_8));
            exchange.getMessage().setHeader(KafkaConstants.KEY, "7590-VHVEG");
            exchange.getMessage().setHeader("churn-run-id", "20261125_100000");
        });
    }

    @Test
    void httpPostsHighRiskAsJsonWithoutKafkaHeaders() throws Exception {
        use("predictions-to-http", Map.of("url", "https://crm.example.com/churn?token=a"), Map.of("http:*", DELIVERED));
        delivered.expectedMessageCount(1);
        delivered.expectedHeaderReceived(Exchange.HTTP_URI, "https://crm.example.com/churn?token=a");
        delivered.expectedHeaderReceived(Exchange.CONTENT_TYPE, "application/json");

        send(HIGH);
        send(LOW);

        MockEndpoint.assertIsSatisfied(context);
        assertThat(delivered.getExchanges().get(0).getMessage().getHeaders())
                .containsOnlyKeys(Exchange.HTTP_URI, Exchange.CONTENT_TYPE);
        assertThat(json(delivered.getExchanges().get(0).getMessage().getBody(String.class)))
                .isEqualTo(json(HIGH));
    }

    @Test
    void aPredictionThatAServiceRefusesFourTimesBecomesADeadLetterUnchanged() throws Exception {
        use("predictions-to-http", Map.of("url", "https://crm.example.com/churn"), Map.of("http:*", DELIVERED));
        delivered.expectedMessageCount(4);
        failAlways(delivered, new HttpOperationFailedException("https://crm.example.com", 503, "busy", null, null, ""));
        deadLetters.expectedMessageCount(1);
        deadLetters.expectedHeaderReceived(KafkaConstants.KEY, "7590-VHVEG");
        deadLetters.expectedHeaderReceived("churn-run-id", "20261125_100000");
        deadLetters.expectedHeaderReceived(DeadLetterHeaders.STAGE, "route");

        Exchange sent = send(HIGH);

        MockEndpoint.assertIsSatisfied(context);
        assertThat(sent.isFailed()).isFalse();
        assertThat(deadLetters.getExchanges().get(0).getMessage().getBody(String.class))
                .isEqualTo(HIGH);
    }

    @Test
    void aMessageThatIsNotJsonBecomesADeadLetter() throws Exception {
        use(
                "predictions-to-sql",
                Map.of("dataSource", "crm", "statement", "insert into churn values (:#customerID)"),
                Map.of("sql:*", DELIVERED));
        delivered.expectedMessageCount(0);
        deadLetters.expectedMessageCount(1);

        send("no JSON");

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void fileAppendsALineForEachPredictionThatMeetsItsCondition() throws Exception {
        use(
                "predictions-to-file",
                Map.of(
                        "directory",
                        home.toString(),
                        "fileName",
                        "all.jsonl",
                        "condition",
                        "${body[churn_probability]} > 0.01"),
                Map.of());

        send(HIGH);
        send(LOW);

        MockEndpoint.assertIsSatisfied(context);
        assertThat(Files.readAllLines(home.resolve("all.jsonl"))).containsExactly(HIGH, LOW);
    }

    @Test
    void sqlGetsThePredictionByItsFields() throws Exception {
        use(
                "predictions-to-sql",
                Map.of("dataSource", "crm", "statement", "insert into churn values (:#customerID)"),
                Map.of("sql:*", DELIVERED));
        delivered.expectedMessageCount(1);
        delivered.message(0).simple("${body[customerID]}").isEqualTo("7590-VHVEG");

        send(HIGH);
        send(LOW);

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void mailHasAddressesSubjectAndThePredictionAsText() throws Exception {
        use("predictions-to-mail", Map.of("to", "agent@example.com"), Map.of("smtp:*", DELIVERED));
        delivered.expectedMessageCount(1);
        delivered.expectedHeaderReceived("To", "agent@example.com");
        delivered.expectedHeaderReceived("From", "churn@example.com");
        delivered.expectedHeaderReceived("Subject", "Churn risk High: customer 7590-VHVEG");

        send(HIGH);
        send(LOW);

        MockEndpoint.assertIsSatisfied(context);
        assertThat(delivered.getExchanges().get(0).getMessage().getHeaders()).containsOnlyKeys("To", "From", "Subject");
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "churn.notify.email.host", "mail.example.com",
                "churn.notify.email.from", "churn@example.com",
                "churn.notify.email.to", "retention@example.com");
    }

    private MockEndpoint enrich() throws Exception {
        use(
                "predictions-enriched",
                Map.of("url", "https://crm.example.com/customers/${body[customerID]}", "topic", "enriched"),
                Map.of("http:*", "mock:crm", "kafka:*", DELIVERED));
        return getMockEndpoint("mock:crm");
    }

    @Test
    void enrichedPredictionsHaveTheServicesAnswerAndTheirKey() throws Exception {
        MockEndpoint crm = enrich();
        crm.expectedHeaderReceived(Exchange.HTTP_URI, "https://crm.example.com/customers/7590-VHVEG");
        crm.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody("{\"agent\":\"north\"}"));
        delivered.expectedMessageCount(1);
        delivered.expectedHeaderReceived(KafkaConstants.KEY, "7590-VHVEG");

        send(HIGH);
        send(LOW);

        MockEndpoint.assertIsSatisfied(context);
        Exchange enriched = delivered.getExchanges().get(0);
        assertThat(enriched.getMessage().getHeaders()).doesNotContainKey("churn-run-id");
        assertThat(json(enriched.getMessage().getBody(String.class)))
                .isEqualTo(json(HIGH.replace("}", ",\"profile\":{\"agent\":\"north\"}}")));
    }

    @Test
    void aPredictionThatTheServiceCannotEnrichBecomesADeadLetterUnchanged() throws Exception {
        MockEndpoint crm = enrich();
        crm.expectedMessageCount(4);
        failAlways(crm, new IOException("connection refused"));
        delivered.expectedMessageCount(0);
        deadLetters.expectedMessageCount(1);

        send(HIGH);

        MockEndpoint.assertIsSatisfied(context);
        assertThat(deadLetters.getExchanges().get(0).getMessage().getBody(String.class))
                .isEqualTo(HIGH);
    }
}
