package io.github.telcochurn.routes;

import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.TestModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a real folder of models, in which they are promoted. */
@RoutesUnderTest("reload-model")
class ReloadModelRouteTest extends RouteTestSupport {
    private MockEndpoint swapped;
    private MockEndpoint refused;
    private Path models;

    @Override
    protected Map<String, String> settings() {
        models = home.resolve("models");
        try {
            Files.createDirectory(models);
            TestModels.copyShipped(models);
            TestModels.add(models, "steeper-1", 1.5, 0.1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of("churn.model.dir", models.toString());
    }

    @BeforeEach
    void replaceTheTimer() throws Exception {
        AdviceWith.adviceWith(context, "reload-model", route -> {
            route.replaceFromWith(INPUT);
            route.weaveById("tell-swap").after().to("mock:swapped");
            route.weaveById("tell-refusal").after().to("mock:refused");
        });
        context.start();
        swapped = getMockEndpoint("mock:swapped");
        refused = getMockEndpoint("mock:refused");
    }

    private void look() {
        template.sendBody(INPUT, null);
    }

    @Test
    void aPromotedModelIsSwappedInOnce() throws Exception {
        swapped.expectedBodiesReceived("steeper-1");
        refused.expectedMessageCount(0);
        look();

        folder().promote("steeper-1", "promote", Instant.now());
        look();
        look();

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void aBadOneIsRefusedOnceAndTheNextGoodOneIsSwappedIn() throws Exception {
        swapped.expectedBodiesReceived("steeper-1");
        refused.expectedMessageCount(1);
        TestModels.addAltered(models, "altered-1");
        Files.writeString(
                models.resolve("history.jsonl"),
                "{\"at\":\"2026-12-01T08:00:00Z\",\"champion\":\"altered-1\"}\n",
                StandardOpenOption.APPEND);
        look();
        look();

        folder().promote("steeper-1", "promote", Instant.now());
        look();

        MockEndpoint.assertIsSatisfied(context);
    }

    private ModelFolder folder() {
        return TestModels.folder(models);
    }
}
