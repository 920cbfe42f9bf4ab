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

@RoutesUnderTest("notify-channels")
class NotifyChannelsRouteTest extends RouteTestSupport {
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
                "notify-channels",
                route -> route.mockEndpointsAndSkip("direct:notify-email", "direct:notify-webhook"));
        context.start();
        email = getMockEndpoint("mock:direct:notify-email");
        webhook = getMockEndpoint("mock:direct:notify-webhook");
    }

    @Test
    void everyChannelIsNotifiedOfTheRun() throws Exception {
        RunNotice notice = notice("{}");
        email.expectedBodiesReceived(notice);
        webhook.expectedBodiesReceived(notice);

        template.sendBody("direct:notify-channels", notice);

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void aChannelThatFailsStopsNeitherTheOtherNorTheRun() throws Exception {
        email.expectedMessageCount(3);
        failAlways(email, new IOException("no mail server"));
        webhook.expectedMessageCount(1);

        Exchange notified = template.request(
                "direct:notify-channels", exchange -> exchange.getMessage().setBody(notice("{}")));

        MockEndpoint.assertIsSatisfied(context);
        assertThat(notified.isFailed()).isFalse();
    }

    @Test
    void theNoticeStaysTheSameWhateverAChannelDoesWithIt() throws Exception {
        RunNotice notice = notice("{}");
        email.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody("a mail"));
        webhook.expectedBodiesReceived(notice);

        Object answer = template.requestBody("direct:notify-channels", notice);

        MockEndpoint.assertIsSatisfied(context);
        assertThat(answer).isEqualTo(notice);
    }
}
