package io.github.telcochurn.routes.test;

import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;

/** The delays before redeliveries, which are for transient faults: a test has none to wait for. */
public final class RedeliveryDelays {
    private RedeliveryDelays() {}

    /** Makes the loaded route configurations redeliver without delay. Call it before the routes are advised. */
    public static void remove(ModelCamelContext context) {
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
