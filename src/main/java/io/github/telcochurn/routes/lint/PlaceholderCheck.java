package io.github.telcochurn.routes.lint;

import io.github.telcochurn.routes.Place;
import io.github.telcochurn.routes.Placeholders;
import io.github.telcochurn.routes.RouteSource;
import io.github.telcochurn.routes.Rule;
import io.github.telcochurn.routes.Scope;
import io.github.telcochurn.yaml.DidYouMean;
import io.github.telcochurn.yaml.Yaml;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.util.IOHelper;

/** Whether every {@code {{key}}} is known. */
final class PlaceholderCheck implements RouteCheck {
    @Override
    public void check(RouteSource source, Scope scope, Findings findings) {
        for (Place place : Place.in(source)) {
            place.scalar().ifPresent(scalar -> {
                for (Placeholders.Placeholder placeholder : Placeholders.of(scalar.text())) {
                    check(placeholder, place, scalar, scope, findings);
                }
                // Examples in a page run elsewhere.
                if (source.stem() != null) {
                    checkEnvironment(scalar, findings);
                }
            });
        }
    }

    private static void checkEnvironment(Yaml.Scalar scalar, Findings findings) {
        for (Placeholders.Placeholder placeholder : Placeholders.ofEnvironment(scalar.text())) {
            String[] where = placeholder.key().split(":", 2);
            boolean isSet = where[0].equals("env")
                    ? IOHelper.lookupEnvironmentVariable(where[1]) != null
                    : System.getProperty(where[1]) != null;
            if (!isSet) {
                findings.add(
                        scalar.at(placeholder.index()),
                        Rule.UNSET_VARIABLE,
                        "{{" + placeholder.key()
                                + "}} is not set here, and without it the file cannot be loaded. Set it where the"
                                + " routes run, or give a default: {{" + placeholder.key() + ":default}}.");
            }
        }
    }

    private static void check(
            Placeholders.Placeholder placeholder, Place place, Yaml.Scalar scalar, Scope scope, Findings findings) {
        Set<String> known = new TreeSet<>(scope.settings());
        Set<String> parameters = Scope.templateNames(place);
        known.addAll(parameters);
        // Camel accepts an unknown key that is optional or has a default, but an unknown key of our own is a mistake
        // anyway.
        boolean mayBeUnknown = placeholder.optional() && !placeholder.key().startsWith("churn.");
        if (known.contains(placeholder.key()) || mayBeUnknown) {
            return;
        }
        findings.add(
                scalar.at(placeholder.index()),
                Rule.UNKNOWN_PLACEHOLDER,
                "{{" + placeholder.key() + "}} is not a setting"
                        + (parameters.isEmpty() ? "" : " or a parameter of the template")
                        + DidYouMean.suggestionOr(
                                placeholder.key(),
                                known,
                                ". application.properties lists the settings; your own keys can have a default,"
                                        + " {{key:default}}, or come from the environment, {{env:NAME}}."));
    }
}
