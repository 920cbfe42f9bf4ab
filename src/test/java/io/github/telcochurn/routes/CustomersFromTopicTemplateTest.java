package io.github.telcochurn.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.TestProject;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A route made from the template that copies customers of another topic. */
@RoutesUnderTest("customers-from-topic")
class CustomersFromTopicTemplateTest extends RouteTestSupport {
    private MockEndpoint raw;
    private MockEndpoint deadLetters;

    @BeforeEach
    void replaceTheTopics() throws Exception {
        TemplatedRouteBuilder.builder(context, "customers-from-topic")
                .routeId("billing-customers")
                .parameter("group", "billing")
                .parameter("topic", "billing-customers")
                .parameter("condition", "${body[Contract]} == 'Month-to-month'")
                .add();
        AdviceWith.adviceWith(context, "billing-customers", route -> {
            route.replaceFromWith(INPUT);
            route.weaveByToUri("kafka:*").replace().to("mock:raw");
        });
        AdviceWith.adviceWith(context, "error-handling", route -> route.weaveById("send-dead-letter")
                .replace()
                .to("mock:dead-letters"));
        context.start();
        raw = getMockEndpoint("mock:raw");
        deadLetters = getMockEndpoint("mock:dead-letters");
    }

    private void send(String customer) {
        template.send(INPUT, exchange -> {
            exchange.getMessage().setBody(customer.getBytes(UTF_8));
            exchange.getMessage().setHeader(KafkaConstants.KEY, "a key of theirs");
            exchange.getMessage().setHeader(KafkaConstants.TIMESTAMP, 1_764_064_800_000L);
        });
    }

    @Test
    void customersThatMeetTheConditionAreCopiedWithTheirIdAsKeyAndTheirTimestamp() throws Exception {
        String monthly = TestProject.firstCustomerAsJson();
        raw.expectedMessageCount(1);
        raw.expectedHeaderReceived(
                KafkaConstants.KEY, json(monthly).get("customerID").asText());
        raw.expectedHeaderReceived(KafkaConstants.OVERRIDE_TIMESTAMP, 1_764_064_800_000L);
        deadLetters.expectedMessageCount(0);

        send(monthly);
        send(monthly.replace("Month-to-month", "One year"));

        MockEndpoint.assertIsSatisfied(context);
        assertThat(json(raw.getExchanges().get(0).getMessage().getBody(String.class)))
                .isEqualTo(json(monthly));
    }

    @Test
    void aCustomerThatCannotBeSentIsRetriedThreeTimesAndBecomesADeadLetterWithItsOwnKey() throws Exception {
        raw.expectedMessageCount(4);
        failAlways(raw, new IOException("the topic is gone"));
        deadLetters.expectedMessageCount(1);
        deadLetters.expectedHeaderReceived(KafkaConstants.KEY, "a key of theirs");

        send(TestProject.firstCustomerAsJson());

        MockEndpoint.assertIsSatisfied(context);
        Exchange letter = deadLetters.getExchanges().get(0);
        assertThat(letter.getMessage().getBody(String.class)).isEqualTo(TestProject.firstCustomerAsJson());
    }
}
