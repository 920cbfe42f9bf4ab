package io.github.telcochurn.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.deadletter.DeadLetterHeaders;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The error handling that routes share by default, on a route without any of its own. */
@RoutesUnderTest("error-handling")
class ErrorHandlingRouteTest extends RouteTestSupport {
    private MockEndpoint attempts;
    private MockEndpoint deadLetters;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(INPUT)
                        .routeId("fails")
                        .setBody(constant("changed on the way"))
                        .to("mock:attempts");
            }
        };
    }

    @BeforeEach
    void replaceTheDeadLetterTopic() throws Exception {
        AdviceWith.adviceWith(context, "error-handling", route -> route.weaveById("send-dead-letter")
                .replace()
                .to("mock:dead-letters"));
        context.start();
        attempts = getMockEndpoint("mock:attempts");
        deadLetters = getMockEndpoint("mock:dead-letters");
    }

    private Exchange send(Object body) {
        return template.request(INPUT, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(Map.of(KafkaConstants.KEY, "customer-1", "mine", "stays")));
        });
    }

    @Test
    void aFailedMessageIsRetriedThreeTimesAndBecomesADeadLetterUnchanged() throws Exception {
        attempts.expectedMessageCount(4);
        failAlways(attempts, new IOException("POST https://crm.example.com/x?token=secret failed"));
        deadLetters.expectedMessageCount(1);
        deadLetters.expectedHeaderReceived(KafkaConstants.KEY, "customer-1");
        deadLetters.expectedHeaderReceived("mine", "stays");
        deadLetters.expectedHeaderReceived(DeadLetterHeaders.STAGE, "route");
        deadLetters.expectedHeaderReceived(DeadLetterHeaders.REASON, "route-failed");
        deadLetters.expectedHeaderReceived(DeadLetterHeaders.EXCEPTION_CLASS_NAME, "java.io.IOException");

        Exchange sent = send("the original message");

        MockEndpoint.assertIsSatisfied(context);
        assertThat(sent.isFailed()).isFalse();
        Exchange letter = deadLetters.getExchanges().get(0);
        assertThat(letter.getMessage().getBody(String.class)).isEqualTo("the original message");
        assertThat(letter.getMessage().getHeader(DeadLetterHeaders.EXCEPTION_MESSAGE, String.class))
                .contains("https://crm.example.com")
                .doesNotContain("secret");
    }

    @Test
    void aTransientFaultCausesNoDeadLetter() throws Exception {
        for (int attempt = 1; attempt <= 3; attempt++) {
            attempts.whenExchangeReceived(attempt, exchange -> {
                throw new IOException("busy");
            });
        }
        attempts.expectedMessageCount(4);
        deadLetters.expectedMessageCount(0);

        send("the original message");

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void aDeadLetterThatCannotBeWrittenFailsTheExchangeInsteadOfLosingIt() throws Exception {
        failAlways(attempts, new IOException("busy"));
        IOException down = new IOException("the broker is down");
        failAlways(deadLetters, down);

        Exchange sent = send("the original message");

        assertThat(sent.getException()).isSameAs(down);
    }

    @Test
    void aWholePollDoesNotBecomeADeadLetter() throws Exception {
        failAlways(attempts, new IOException("busy"));
        deadLetters.expectedMessageCount(0);
        ConsumerRecord<byte[], byte[]> customer =
                new ConsumerRecord<>("raw", 0, 41, "customer-1".getBytes(UTF_8), "{}".getBytes(UTF_8));

        Exchange sent = send(new ConsumerRecords<>(Map.of(new TopicPartition("raw", 0), List.of(customer)), Map.of()));

        MockEndpoint.assertIsSatisfied(context);
        assertThat(sent.getException())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("noErrorHandler");
    }
}
