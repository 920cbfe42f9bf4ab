package io.github.telcochurn.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.batch.report.RunNotice;
import java.io.IOException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the end of a run to its channels. */
@RoutesUnderTest({"notify-success", "notify-failure", "tell-channels"})
class NotificationRoutesTest extends RouteTestSupport {
    private MockEndpoint email;
    private MockEndpoint webhook;

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "churn.notify.email.host", "mail.example.com",
                "churn.notify.email.from", "churn@example.com",
                "churn.notify.email.to", "retention@example.com",
                "churn.notify.webhook.url", "https://hooks.example.com/churn");
    }

    @BeforeEach
    void replaceTheChannels() throws Exception {
        AdviceWith.adviceWith(
                context,
                "tell-channels",
                route -> route.mockEndpointsAndSkip("direct:notify-email", "direct:notify-webhook"));
        context.start();
        email = getMockEndpoint("mock:direct:notify-email");
        webhook = getMockEndpoint("mock:direct:notify-webhook");
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:notify-success", "direct:notify-failure"})
    void everyChannelIsToldOfTheRun(String end) throws Exception {
        RunNotice notice = notice("{}");
        email.expectedBodiesReceived(notice);
        webhook.expectedBodiesReceived(notice);

        template.sendBody(end, notice);

        MockEndpoint.assertIsSatisfied(context);
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:notify-success", "direct:notify-failure"})
    void aChannelThatFailsKeepsNeitherTheOtherNorTheRunFromGoingOn(String end) throws Exception {
        email.expectedMessageCount(3);
        failAlways(email, new IOException("no mail server"));
        webhook.expectedMessageCount(1);

        Exchange told = template.request(end, exchange -> exchange.getMessage().setBody(notice("{}")));

        MockEndpoint.assertIsSatisfied(context);
        assertThat(told.isFailed()).isFalse();
    }

    @Test
    void theNoticeStaysWhateverAChannelMakesOfIt() throws Exception {
        RunNotice notice = notice("{}");
        email.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody("a mail"));
        webhook.expectedBodiesReceived(notice);

        Object answer = template.requestBody("direct:notify-success", notice);

        MockEndpoint.assertIsSatisfied(context);
        assertThat(answer).isEqualTo(notice);
    }
}
