package io.github.telcochurn.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.ingest.IngestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.LogDefinition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The inbox folder with its real file consumer; the rows go to a mock. */
@RoutesUnderTest({"ingest-inbox", "inbox-leftovers"})
class InboxRoutesTest extends RouteTestSupport {
    private MockEndpoint rows;
    private MockEndpoint failed;

    @BeforeEach
    void replaceTheIngest() throws Exception {
        AdviceWith.adviceWith(context, "ingest-inbox", route -> {
            route.weaveById("ingest-rows").replace().to("mock:rows");
            route.weaveById("tell-refused").after().to("mock:refused");
        });
        AdviceWith.adviceWith(context, "inbox-leftovers", route -> {
            route.replaceFromWith(INPUT);
            route.weaveByType(LogDefinition.class).after().to("mock:reported");
        });
        context.start();
        rows = getMockEndpoint("mock:rows");
        failed = getMockEndpoint("mock:refused");
    }

    /** A file that has not changed for a while, and so counts as complete. */
    private Path drop(String name, List<String> lines) throws IOException {
        Path file = Files.write(home.resolve(name), lines);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        return Files.move(file, config().inboxDir().resolve(name));
    }

    private static List<String> customers() throws IOException {
        return Files.readAllLines(TestProject.SHIPPED_CSV).subList(0, 3);
    }

    private List<Path> in(String folder) throws IOException {
        Path dir = config().inboxDir().resolve(folder);
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(dir)) {
            return files.sorted().toList();
        }
    }

    @Test
    void aFileOfCustomersIsIngestedAndMovedToDoneWithItsResultBesideIt() throws Exception {
        rows.expectedMessageCount(1);
        failed.expectedMessageCount(0);

        Path file = drop("customers.csv", customers());

        MockEndpoint.assertIsSatisfied(context);
        IngestRun run = rows.getExchanges().get(0).getMessage().getBody(IngestRun.class);
        assertThat(run.file().name()).isEqualTo("customers.csv");
        await().untilAsserted(() -> assertThat(file).doesNotExist());
        assertThat(in(".done")).hasSize(2);
        assertThat(in(".done").get(0).getFileName().toString()).matches("\\d{8}-\\d{9}-customers.csv");
        assertThat(json(Files.readString(in(".done").get(1))).get("outcome").asText())
                .isEqualTo("ingested");
    }

    @Test
    void aFileOfSomethingElseIsMovedToFailedAndNothingIsIngested() throws Exception {
        rows.expectedMessageCount(0);
        failed.expectedMessageCount(1);

        Path file = drop("shopping.csv", List.of("milk,bread", "1,2"));

        MockEndpoint.assertIsSatisfied(context);
        await().untilAsserted(() -> assertThat(file).doesNotExist());
        assertThat(in(".failed")).hasSize(2);
        assertThat(json(Files.readString(in(".failed").get(1))).get("outcome").asText())
                .isEqualTo("failed");
        assertThat(in(".done")).isEmpty();
    }

    @Test
    void aFileWhoseIngestFailsStaysAndIsRetried() throws Exception {
        rows.whenExchangeReceived(1, exchange -> {
            throw new IOException("the broker is down");
        });
        rows.expectedMessageCount(2);

        Path file = drop("customers.csv", customers());

        MockEndpoint.assertIsSatisfied(context);
        await().untilAsserted(() -> assertThat(file).doesNotExist());
        assertThat(in(".done")).hasSize(2);
        assertThat(in(".failed")).isEmpty();
    }

    @Test
    void anEntryThatIsNotTakenIsReportedOnce() throws Exception {
        drop("customers.csv.zip", List.of("packed"));
        MockEndpoint reported = getMockEndpoint("mock:reported");
        reported.expectedMessageCount(1);
        reported.message(0).body(String.class).contains("customers.csv.zip is compressed");

        template.sendBody(INPUT, null);
        template.sendBody(INPUT, null);

        MockEndpoint.assertIsSatisfied(context);
    }
}
