package io.github.telcochurn.routes;

import io.github.telcochurn.DidYouMean;
import java.util.Set;
import java.util.TreeSet;

/** Whether every {@code {{key}}} is known. */
final class PlaceholderCheck implements RouteCheck {
    @Override
    public void check(RouteSource source, Scope scope, Findings findings) {
        for (Place place : Place.in(source)) {
            place.scalar().ifPresent(scalar -> {
                for (Placeholders.Placeholder placeholder : Placeholders.of(scalar.text())) {
                    check(placeholder, place, scalar, scope, findings);
                }
            });
        }
    }

    private static void check(
            Placeholders.Placeholder placeholder, Place place, Yaml.Scalar scalar, Scope scope, Findings findings) {
        Set<String> known = new TreeSet<>(scope.settings());
        Set<String> parameters = Scope.templateNames(place);
        known.addAll(parameters);
        // With a default, or when it may be missing, Camel is content; but a key of ours that is not one is a slip all
        // the same.
        boolean mayBeUnknown = placeholder.optional() && !placeholder.key().startsWith("churn.");
        if (known.contains(placeholder.key()) || mayBeUnknown) {
            return;
        }
        String suggestion = DidYouMean.suggestion(placeholder.key(), known);
        findings.add(
                scalar.at(placeholder.index()),
                Rule.UNKNOWN_PLACEHOLDER,
                "{{" + placeholder.key() + "}} is no setting"
                        + (parameters.isEmpty() ? "" : " and no parameter of the template")
                        + (suggestion.isEmpty()
                                ? ". application.properties lists the settings; your own keys can have a default,"
                                        + " {{key:default}}, or come from the environment, {{env:NAME}}."
                                : suggestion));
    }
}
