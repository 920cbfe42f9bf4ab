package io.github.telcochurn.routes;

import io.github.telcochurn.health.ScoringHealth;
import java.util.Map;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RoutesUnderTest("supervise-streaming")
class SuperviseStreamingRouteTest extends RouteTestSupport {
    private MockEndpoint started;
    private MockEndpoint restarted;

    @BeforeEach
    void replaceTheTimerAndTheControlBus() throws Exception {
        AdviceWith.adviceWith(context, "supervise-streaming", route -> {
            route.replaceFromWith(INPUT);
            route.weaveById("start-scoring").replace().to("mock:start");
            route.weaveById("restart-scoring").replace().to("mock:restart");
            route.weaveById("check-health").after().to("mock:checked");
        });
        started = getMockEndpoint("mock:start");
        restarted = getMockEndpoint("mock:restart");
    }

    @ParameterizedTest
    @CsvSource({"NONE, 0, 0", "START, 1, 0", "RESTART, 0, 1", "WAIT, 0, 0"})
    void doesWhatTheHealthCheckAsksFor(ScoringHealth.Remedy remedy, int starts, int restarts) throws Exception {
        AdviceWith.adviceWith(context, "supervise-streaming", route -> route.weaveById("check-health")
                .replace()
                .process(exchange ->
                        exchange.getMessage().setBody(new ScoringHealth.Report(remedy, "as found.", Map.of()))));
        context.start();
        started.expectedMessageCount(starts);
        restarted.expectedMessageCount(restarts);

        template.sendBody(INPUT, null);

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void waitsForABrokerThatIsDownAndChecksAgainOnlyWhenDue() throws Exception {
        context.start();
        MockEndpoint checked = getMockEndpoint("mock:checked");
        checked.expectedMessageCount(1);
        checked.expectedMessagesMatches(exchange ->
                exchange.getMessage().getBody(ScoringHealth.Report.class).remedy() == ScoringHealth.Remedy.WAIT);
        started.expectedMessageCount(0);
        restarted.expectedMessageCount(0);

        template.sendBody(INPUT, null);
        template.sendBody(INPUT, null);

        MockEndpoint.assertIsSatisfied(context);
    }
}
