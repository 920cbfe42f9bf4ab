package io.github.telcochurn.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.telcochurn.ingest.CustomerSampler;
import java.io.IOException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RoutesUnderTest("ingest-streaming")
class IngestStreamingRouteTest extends RouteTestSupport {
    private MockEndpoint sent;
    private CustomerSampler sampler;

    @Override
    protected Map<String, String> settings() {
        return Map.of("churn.streaming.events-per-sec", "1000");
    }

    @BeforeEach
    void replaceTheTimerAndKafka() throws Exception {
        AdviceWith.adviceWith(context, "ingest-streaming", route -> {
            route.replaceFromWith(INPUT);
            route.weaveByToUri("kafka:*").replace().to("mock:sent");
        });
        context.start();
        context.getRouteController().startRoute("ingest-streaming");
        sent = getMockEndpoint("mock:sent");
        sampler = bean("sampler", CustomerSampler.class);
    }

    private Exchange tick() {
        return template.request(INPUT, exchange -> {});
    }

    @Test
    void nothingIsSentBeforeAnEventIsDue() throws Exception {
        sent.expectedMessageCount(0);

        tick();

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void sentEventsAreCounted() {
        await().until(() -> {
            tick();
            return sent.getReceivedCounter() > 0;
        });

        assertThat(sampler.acknowledged()).isPositive();
    }

    @Test
    void eventsThatCannotBeSentAreNotCountedAndAreDueAgain() {
        sent.whenExchangeReceived(1, exchange -> {
            throw new IOException("the broker is down");
        });

        await().until(() -> {
            assertThat(tick().isFailed()).isFalse();
            return sent.getReceivedCounter() == 1;
        });
        assertThat(sampler.acknowledged()).isZero();

        tick();
        assertThat(sent.getReceivedCounter()).isEqualTo(2);
        assertThat(sampler.acknowledged()).isPositive();
    }
}
