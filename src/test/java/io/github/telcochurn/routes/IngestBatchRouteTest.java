package io.github.telcochurn.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.ingest.IngestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ingest of five rows in chunks of two; nothing counts as committed before, since there is no broker to ask. */
@RoutesUnderTest("ingest-batch")
class IngestBatchRouteTest extends RouteTestSupport {
    private MockEndpoint resumed;
    private MockEndpoint sent;
    private MockEndpoint rejected;

    @BeforeEach
    void replaceKafka() throws Exception {
        AdviceWith.adviceWith(context, "ingest-batch", route -> {
            route.replaceFromWith(INPUT);
            route.weaveById("take-over").replace().setProperty("taken over", route.constant(true));
            route.weaveById("resume").replace().to("mock:resumed");
            route.weaveById("send-raw-messages").replace().to("mock:sent");
            route.weaveById("send-rejected-rows").replace().to("mock:rejected");
        });
        context.start();
        resumed = getMockEndpoint("mock:resumed");
        sent = getMockEndpoint("mock:sent");
        rejected = getMockEndpoint("mock:rejected");
    }

    private Exchange ingest() throws IOException {
        Path csv = Files.write(
                home.resolve("five.csv"),
                Files.readAllLines(TestProject.SHIPPED_CSV).subList(0, 6));
        IngestRun run = IngestRun.ofBatch("20261125_100000", CsvFile.open(csv, TestProject.SCHEMA), 2);
        return template.request(INPUT, exchange -> exchange.getMessage().setBody(run));
    }

    @Test
    void eachChunkIsOneTransaction() throws Exception {
        sent.expectedMessageCount(3);
        rejected.expectedMessageCount(3);

        Exchange ingested = ingest();

        MockEndpoint.assertIsSatisfied(context);
        assertThat(ingested.isFailed()).isFalse();
    }

    @Test
    void aPredecessorIsFencedBeforeItsCheckpointIsRead() throws Exception {
        resumed.expectedPropertyReceived("taken over", true);
        resumed.expectedMessageCount(1);

        ingest();

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void aChunkThatCannotBeSentStopsTheIngestAndFailsItsCaller() throws Exception {
        IOException down = new IOException("the broker is down");
        sent.whenExchangeReceived(2, exchange -> {
            throw down;
        });
        sent.expectedMessageCount(2);
        rejected.expectedMessageCount(1);

        Exchange ingested = ingest();

        MockEndpoint.assertIsSatisfied(context);
        assertThat(ingested.getException()).hasRootCause(down).isNotNull();
    }
}
