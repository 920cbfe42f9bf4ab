package io.github.telcochurn.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.batch.journal.RunJournal;
import io.github.telcochurn.batch.run.RunRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What starts batch runs: Quartz's firings, and the service's start. */
@RoutesUnderTest({"batch-schedule", "batch-catch-up"})
class ScheduleRoutesTest extends RouteTestSupport {
    private static final Instant DUE_AT = Instant.parse("2026-11-25T10:00:00Z");
    private static final String START = "direct:start";

    private MockEndpoint run;

    @BeforeEach
    void replaceTheTriggersAndTheRun() throws Exception {
        AdviceWith.adviceWith(context, "batch-schedule", route -> {
            route.replaceFromWith(INPUT);
            route.mockEndpointsAndSkip("direct:batch-run");
        });
        AdviceWith.adviceWith(context, "batch-catch-up", route -> route.replaceFromWith(START));
        context.start();
        run = getMockEndpoint("mock:direct:batch-run");
    }

    private Exchange fire() {
        return template.request(INPUT, exchange -> {
            exchange.getMessage().setHeader("scheduledFireTime", Date.from(DUE_AT));
            exchange.getMessage().setHeader("jobInstance", "an object of Quartz");
        });
    }

    @Test
    void aFiringRequestsTheRunOfItsTimeWithoutQuartzHeaders() throws Exception {
        run.expectedBodiesReceived(RunRequest.scheduled(DUE_AT, config().dataCsv()));

        fire();

        MockEndpoint.assertIsSatisfied(context);
        assertThat(run.getExchanges().get(0).getMessage().getHeaders()).isEmpty();
    }

    @Test
    void aFailedRunIsNotRetriedBeforeTheNextFiring() throws Exception {
        run.expectedMessageCount(1);
        IllegalStateException failure = new IllegalStateException("the run failed");
        failAlways(run, failure);

        Exchange fired = fire();

        MockEndpoint.assertIsSatisfied(context);
        assertThat(fired.getException()).isSameAs(failure);
    }

    @Test
    void theFirstStartOfAServiceHasMissedNothing() throws Exception {
        run.expectedMessageCount(0);

        template.sendBody(START, null);

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void aScheduledRunThatWasKilledIsResumedAtTheStart() throws Exception {
        Instant startedAt = Instant.now().minus(1, ChronoUnit.HOURS);
        new RunJournal(config().checkpointsDir())
                .save(notice("{\"status\": \"RUNNING\", \"ended_at\": null, \"started_at\": \"" + startedAt + "\"}")
                        .run());
        run.expectedMessageCount(1);

        template.sendBody(START, null);

        MockEndpoint.assertIsSatisfied(context);
        RunRequest request = run.getExchanges().get(0).getMessage().getBody(RunRequest.class);
        assertThat(request.runId()).isEqualTo("20261125_100000");
        assertThat(request.kind()).isEqualTo(RunRequest.Kind.SCHEDULED);
    }
}
