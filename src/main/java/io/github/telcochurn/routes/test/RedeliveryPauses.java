package io.github.telcochurn.routes.test;

import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;

/** The pauses before redeliveries, which are for faults that pass: a test has none to wait for. */
public final class RedeliveryPauses {
    private RedeliveryPauses() {}

    /** Lets the loaded route configurations redeliver at once, as often as they say. Before the routes are advised. */
    public static void leaveOut(ModelCamelContext context) {
        for (RouteConfigurationDefinition configuration : context.getRouteConfigurationDefinitions()) {
            if (configuration.getErrorHandler() != null
                    && configuration.getErrorHandler().getErrorHandlerType()
                            instanceof DefaultErrorHandlerDefinition handler
                    && handler.hasRedeliveryPolicy()) {
                handler.getRedeliveryPolicy().setRedeliveryDelay("0");
            }
            for (OnExceptionDefinition onException : configuration.getOnExceptions()) {
                if (onException.getRedeliveryPolicyType() != null) {
                    onException.getRedeliveryPolicyType().setRedeliveryDelay("0");
                }
            }
        }
    }
}
