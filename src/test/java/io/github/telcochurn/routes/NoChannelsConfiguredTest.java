package io.github.telcochurn.routes;

import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;

/** {@code notify-channels} with the shipped settings, which configure no channel. */
@RoutesUnderTest("notify-channels")
class NoChannelsConfiguredTest extends RouteTestSupport {
    @Test
    void nobodyIsNotifiedIfNoChannelIsConfigured() throws Exception {
        AdviceWith.adviceWith(context, "notify-channels", route -> route.mockEndpointsAndSkip("direct:notify-*"));
        context.start();
        getMockEndpoint("mock:direct:notify-email").expectedMessageCount(0);
        getMockEndpoint("mock:direct:notify-webhook").expectedMessageCount(0);

        template.sendBody("direct:notify-channels", notice("{}"));

        MockEndpoint.assertIsSatisfied(context);
    }
}
