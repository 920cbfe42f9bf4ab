package io.github.telcochurn.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.batch.journal.RunJournal;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.batch.journal.RunStatus;
import io.github.telcochurn.batch.journal.StepRecord;
import io.github.telcochurn.batch.report.RunNotice;
import io.github.telcochurn.batch.run.BatchRuns;
import io.github.telcochurn.batch.run.RunRefused;
import io.github.telcochurn.batch.run.RunRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run with its real beginning, end, journal and failure report; the steps that need a broker are replaced. */
@RoutesUnderTest({"batch-run", "batch-failed"})
class BatchRunRouteTest extends RouteTestSupport {
    private static final Instant DUE_AT = Instant.parse("2026-11-25T10:00:00Z");
    private static final List<String> NEED_A_BROKER = List.of(
            "check-prerequisites",
            "begin-ingest",
            "ingest-file",
            "start-score",
            "await-scored",
            "count-results",
            "write-report",
            "judge-run",
            "compose-notice");

    private MockEndpoint success;
    private MockEndpoint failure;

    @BeforeEach
    void replaceWhatNeedsABroker() throws Exception {
        AdviceWith.adviceWith(context, "batch-run", route -> {
            for (String id : NEED_A_BROKER) {
                route.weaveById(id).replace().to("mock:" + id);
            }
            route.weaveById("end-ingest").before().to("mock:ingested");
            route.mockEndpointsAndSkip("direct:notify-*");
        });
        getMockEndpoint("mock:compose-notice").whenAnyExchangeReceived(noticeOf("SUCCEEDED"));
        success = getMockEndpoint("mock:direct:notify-success");
        failure = getMockEndpoint("mock:direct:notify-failure");
    }

    private static Processor noticeOf(String status) {
        return exchange -> exchange.getMessage().setBody(notice("{\"status\": \"" + status + "\"}"));
    }

    /** Also removes the step that asks a broker what is committed; the test of a stop needs that step. */
    private void startWithoutABroker() throws Exception {
        AdviceWith.adviceWith(
                context, "batch-run", route -> route.weaveById("end-ingest").remove());
        context.start();
    }

    private Exchange run() {
        return template.request("direct:batch-run", exchange -> exchange.getMessage()
                .setBody(RunRequest.scheduled(DUE_AT, TestProject.SHIPPED_CSV)));
    }

    private RunState journalled() {
        return new RunJournal(config().checkpointsDir()).find("20261125_100000").orElseThrow();
    }

    @Test
    void goesThroughItsEightStepsAndReportsSuccess() throws Exception {
        startWithoutABroker();
        success.expectedMessageCount(1);
        failure.expectedMessageCount(0);

        run();

        MockEndpoint.assertIsSatisfied(context);
        assertThat(journalled().steps())
                .extracting(StepRecord::name)
                .containsExactly(
                        "prerequisites", "ingest", "score", "summary", "report", "threshold", "notify", "clean-up");
        assertThat(journalled().steps()).extracting(StepRecord::outcome).containsOnly(StepRecord.Outcome.DONE);
        assertThat(journalled().isOver()).isTrue();
        assertThat(BatchRuns.isRunInProgress(config())).isFalse();
    }

    @Test
    void sendsTheIngestOfTheFileAndStartsScoring() throws Exception {
        startWithoutABroker();
        MockEndpoint ingest = getMockEndpoint("mock:ingest-file");
        MockEndpoint score = getMockEndpoint("mock:start-score");
        getMockEndpoint("mock:begin-ingest")
                .whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody("the ingest"));
        ingest.expectedBodiesReceived("the ingest");
        score.expectedMessageCount(1);

        run();

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void reportsNoSuccessBelowTheThreshold() throws Exception {
        startWithoutABroker();
        getMockEndpoint("mock:compose-notice").whenAnyExchangeReceived(noticeOf("BELOW_THRESHOLD"));
        success.expectedMessageCount(0);
        failure.expectedMessageCount(1);

        run();

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void aRepeatedFiringIsTheSameRunAndDoesNothing() throws Exception {
        startWithoutABroker();
        getMockEndpoint("mock:check-prerequisites").expectedMessageCount(1);
        success.expectedMessageCount(1);

        run();
        run();

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void aStepThatFailsTwiceIsRetriedAndTheRunContinues() throws Exception {
        startWithoutABroker();
        MockEndpoint score = getMockEndpoint("mock:await-scored");
        score.whenExchangeReceived(1, BatchRunRouteTest::brokerIsDown);
        score.whenExchangeReceived(2, BatchRunRouteTest::brokerIsDown);
        score.expectedMessageCount(3);
        getMockEndpoint("mock:ingest-file").expectedMessageCount(1);
        success.expectedMessageCount(1);

        run();

        MockEndpoint.assertIsSatisfied(context);
        assertThat(journalled().steps().get(2).attempts()).isEqualTo(3);
        assertThat(journalled().steps()).extracting(StepRecord::outcome).containsOnly(StepRecord.Outcome.DONE);
    }

    private static void brokerIsDown(Exchange exchange) throws IOException {
        throw new IOException("the broker is down");
    }

    @Test
    void aStepThatFailsThreeTimesEndsTheRunWithAReportAndANotification() throws Exception {
        startWithoutABroker();
        MockEndpoint score = getMockEndpoint("mock:await-scored");
        score.whenAnyExchangeReceived(BatchRunRouteTest::brokerIsDown);
        score.expectedMessageCount(3);
        getMockEndpoint("mock:count-results").expectedMessageCount(0);
        success.expectedMessageCount(0);
        failure.expectedMessageCount(1);

        Exchange ended = run();

        MockEndpoint.assertIsSatisfied(context);
        assertThat(ended.isFailed()).isFalse();
        assertThat(journalled().status()).isEqualTo(RunStatus.FAILED);
        assertThat(journalled().failedStep().name()).isEqualTo("score");
        RunNotice sent = failure.getExchanges().get(0).getMessage().getBody(RunNotice.class);
        assertThat(sent.run().failure()).contains("the broker is down");
        assertThat(sent.report()).content().contains("the broker is down");
        assertThat(BatchRuns.isRunInProgress(config())).isFalse();
    }

    @Test
    void aRunThatIsRefusedInAStepFailsAtOnce() throws Exception {
        startWithoutABroker();
        MockEndpoint prerequisites = getMockEndpoint("mock:check-prerequisites");
        prerequisites.whenAnyExchangeReceived(exchange ->
                bean("batchRuns", BatchRuns.class).requireResumable(RunRequest.resume(DUE_AT, "20200101_000000")));
        prerequisites.expectedMessageCount(1);
        getMockEndpoint("mock:ingest-file").expectedMessageCount(0);
        failure.expectedMessageCount(1);

        Exchange refused = run();

        MockEndpoint.assertIsSatisfied(context);
        assertThat(refused.isFailed()).isFalse();
        assertThat(journalled().status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void aFailureThatCannotBeReportedStillEndsTheRun() throws Exception {
        startWithoutABroker();
        getMockEndpoint("mock:await-scored").whenAnyExchangeReceived(BatchRunRouteTest::brokerIsDown);
        failure.whenAnyExchangeReceived(exchange -> {
            throw new IOException("no way");
        });

        Exchange ended = run();

        assertThat(ended.isFailed()).isFalse();
        assertThat(journalled().isOver()).isTrue();
        assertThat(BatchRuns.isRunInProgress(config())).isFalse();
    }

    @Test
    void aStoppedRunCanBeResumedAndNotifiesNobody() throws Exception {
        context.start();
        getMockEndpoint("mock:ingested").whenAnyExchangeReceived(exchange -> bean("batchRuns", BatchRuns.class)
                .stop());
        getMockEndpoint("mock:ingested").expectedMessageCount(1);
        getMockEndpoint("mock:start-score").expectedMessageCount(0);
        success.expectedMessageCount(0);
        failure.expectedMessageCount(0);

        Exchange stopped = run();

        MockEndpoint.assertIsSatisfied(context);
        assertThat(stopped.isFailed()).isFalse();
        assertThat(journalled().status()).isEqualTo(RunStatus.STOPPED);
        assertThat(BatchRuns.isRunInProgress(config())).isFalse();
    }

    @Test
    void aRunThatIsRefusedBeforeItBeginsFailsItsCaller() throws Exception {
        context.start();
        failure.expectedMessageCount(0);

        Exchange refused = template.request("direct:batch-run", exchange -> exchange.getMessage()
                .setBody(RunRequest.resume(DUE_AT, "20200101_000000")));

        MockEndpoint.assertIsSatisfied(context);
        assertThat(refused.getException()).isInstanceOf(RunRefused.class).hasMessageContaining("20200101_000000");
    }
}
