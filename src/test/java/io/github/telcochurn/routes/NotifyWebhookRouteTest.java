package io.github.telcochurn.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RoutesUnderTest("notify-webhook")
class NotifyWebhookRouteTest extends RouteTestSupport {
    private MockEndpoint webhook;
    private MockEndpoint noted;

    @Override
    protected Map<String, String> settings() {
        return Map.of("churn.notify.webhook.url", "https://hooks.example.com/churn?token=secret");
    }

    @BeforeEach
    void replaceTheWebhook() throws Exception {
        AdviceWith.adviceWith(context, "notify-webhook", route -> {
            route.weaveById("post-notice").replace().to("mock:webhook");
            route.weaveById("note-posted").after().to("mock:noted");
        });
        context.start();
        webhook = getMockEndpoint("mock:webhook");
        noted = getMockEndpoint("mock:noted");
    }

    @Test
    void postsTheNoticeAsJsonWithNoHeaderOfTheRun() throws Exception {
        webhook.expectedHeaderReceived(Exchange.HTTP_URI, "https://hooks.example.com/churn?token=secret");
        webhook.expectedHeaderReceived(Exchange.CONTENT_TYPE, "application/json");
        noted.expectedMessageCount(1);

        template.sendBodyAndHeader("direct:notify-webhook", notice("{\"high_risk\": 690}"), "password", "secret");

        MockEndpoint.assertIsSatisfied(context);
        Exchange posted = webhook.getExchanges().get(0);
        assertThat(posted.getMessage().getHeaders()).doesNotContainKey("password");
        assertThat(json(posted.getMessage().getBody(String.class))
                        .get("high_risk")
                        .asInt())
                .isEqualTo(690);
    }

    @Test
    void postsEachRunOnce() throws Exception {
        webhook.expectedMessageCount(1);

        template.sendBody("direct:notify-webhook", notice("{}"));
        template.sendBody("direct:notify-webhook", notice("{}"));

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void isDeliveredAtTheThirdAttempt() throws Exception {
        webhook.expectedMessageCount(3);
        webhook.whenExchangeReceived(1, busy());
        webhook.whenExchangeReceived(2, busy());
        noted.expectedMessageCount(1);

        template.sendBody("direct:notify-webhook", notice("{}"));

        MockEndpoint.assertIsSatisfied(context);
    }

    private static Processor busy() {
        return exchange -> {
            throw new IOException("busy");
        };
    }

    @Test
    void givesUpAfterThreeAttemptsWithoutFailingTheRun() throws Exception {
        webhook.expectedMessageCount(3);
        failAlways(
                webhook,
                new HttpOperationFailedException("https://hooks.example.com", 503, "busy", null, Map.of(), ""));
        noted.expectedMessageCount(0);

        Exchange notified = template.request(
                "direct:notify-webhook", exchange -> exchange.getMessage().setBody(notice("{}")));

        MockEndpoint.assertIsSatisfied(context);
        assertThat(notified.isFailed()).isFalse();
        assertThat(notified.getVariable("reason")).isEqualTo("the answer was 503");
    }
}
