package io.github.telcochurn.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.batch.run.BatchRun;
import io.github.telcochurn.batch.run.BatchRuns;
import io.github.telcochurn.batch.run.RunRequest;
import java.io.IOException;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;

/** batch-failed by itself; {@link BatchRunRouteTest} tests it as the end of batch-run. */
@RoutesUnderTest("batch-failed")
class BatchFailedRouteTest extends RouteTestSupport {
    private Exchange fail() throws Exception {
        BatchRun run = bean("batchRuns", BatchRuns.class)
                .begin(RunRequest.fresh(Instant.parse("2026-11-25T10:00:00Z"), TestProject.SHIPPED_CSV));
        return template.request("direct:batch-failed", exchange -> {
            exchange.setVariable("batch", run);
            exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IOException("the broker is down"));
        });
    }

    @Test
    void aRunThatWasJudgedBeforeKeepsItsVerdictAndIsNotReportedAgain() throws Exception {
        AdviceWith.adviceWith(context, "batch-failed", route -> {
            route.weaveById("compose-failure-notice").replace().process(exchange -> exchange.getMessage()
                    .setBody(notice("{\"status\": \"SUCCEEDED\"}")));
            route.mockEndpointsAndSkip("direct:notify-failure");
        });
        context.start();
        getMockEndpoint("mock:direct:notify-failure").expectedMessageCount(0);

        fail();

        MockEndpoint.assertIsSatisfied(context);
        assertThat(BatchRuns.isRunInProgress(config())).isFalse();
    }

    @Test
    void aRunEndsEvenIfItsFailureCannotBeRecorded() throws Exception {
        AdviceWith.adviceWith(context, "batch-failed", route -> {
            route.weaveById("fail-run").replace().throwException(new IOException("the disk is full"));
            route.mockEndpointsAndSkip("direct:notify-failure");
        });
        context.start();
        getMockEndpoint("mock:direct:notify-failure").expectedMessageCount(0);

        Exchange ended = fail();

        MockEndpoint.assertIsSatisfied(context);
        assertThat(ended.isFailed()).isFalse();
        assertThat(BatchRuns.isRunInProgress(config())).isFalse();
    }
}
