package io.github.telcochurn.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.batch.report.RunNotice;
import java.io.IOException;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a run, good or bad. */
@RoutesUnderTest({"notify-success", "notify-failure"})
class NotifyRoutesTest extends RouteTestSupport {
    private MockEndpoint channels;

    @BeforeEach
    void replaceTheChannels() throws Exception {
        for (String end : List.of("notify-success", "notify-failure")) {
            AdviceWith.adviceWith(context, end, route -> route.mockEndpointsAndSkip("direct:notify-channels"));
        }
        context.start();
        channels = getMockEndpoint("mock:direct:notify-channels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"notify-success", "notify-failure"})
    void theChannelsAreNotifiedOfTheRun(String end) throws Exception {
        RunNotice notice = notice("{}");
        channels.expectedBodiesReceived(notice);

        template.sendBody("direct:" + end, notice);

        MockEndpoint.assertIsSatisfied(context);
    }

    @ParameterizedTest
    @ValueSource(strings = {"notify-success", "notify-failure"})
    void givesUpAfterThreeAttemptsWithoutFailingTheRun(String end) throws Exception {
        channels.expectedMessageCount(3);
        failAlways(channels, new IOException("no way"));

        Exchange notified = template.request(
                "direct:" + end, exchange -> exchange.getMessage().setBody(notice("{}")));

        MockEndpoint.assertIsSatisfied(context);
        assertThat(notified.isFailed()).isFalse();
    }
}
