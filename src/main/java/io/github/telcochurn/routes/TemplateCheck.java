package io.github.telcochurn.routes;

import io.github.telcochurn.DidYouMean;
import java.util.HashSet;
import java.util.Set;

/** Whether templates explain themselves, and are used as they want to be. */
final class TemplateCheck implements RouteCheck {
    @Override
    public void check(RouteSource source, Scope scope, Findings findings) {
        for (Place place : Place.in(source)) {
            if (place.parent() == null && place.value() instanceof Yaml.Mapping element) {
                if (place.key().equals("routeTemplate")) {
                    checkParameters(element, findings);
                } else if (place.key().equals("templatedRoute")) {
                    checkUse(place, element, scope, findings);
                }
            }
        }
    }

    private static void checkParameters(Yaml.Mapping template, Findings findings) {
        for (Yaml item : template.items("parameters")) {
            if (item instanceof Yaml.Mapping parameter
                    && parameter.scalar("description").isEmpty()) {
                findings.add(
                        parameter.at(),
                        Rule.MISSING_DESCRIPTION,
                        "The parameter "
                                + parameter
                                        .scalar("name")
                                        .map(Yaml.Scalar::text)
                                        .orElse("")
                                + " has no description. Say what it is for: whoever uses the template sees only that.");
            }
        }
    }

    private static void checkUse(Place place, Yaml.Mapping use, Scope scope, Findings findings) {
        use.scalar("routeTemplateRef").ifPresent(reference -> {
            Scope.Template template = scope.templates().get(reference.text());
            if (template == null) {
                String suggestion = DidYouMean.suggestion(
                        reference.text(), scope.templates().keySet());
                findings.add(
                        reference.at(),
                        Rule.UNKNOWN_TEMPLATE,
                        "There is no template " + reference.text()
                                + (suggestion.isEmpty() ? ". ./churn routes list shows those there are." : suggestion));
            } else {
                checkGiven(place, use, template, findings);
            }
        });
    }

    private static void checkGiven(Place place, Yaml.Mapping use, Scope.Template template, Findings findings) {
        Set<String> given = new HashSet<>();
        for (Yaml item : use.items("parameters")) {
            if (item instanceof Yaml.Mapping parameter
                    && parameter.scalar("name").isPresent()) {
                Yaml.Scalar name = parameter.scalar("name").get();
                given.add(name.text());
                if (!template.parameters().containsKey(name.text())) {
                    String suggestion = DidYouMean.suggestion(
                            name.text(), template.parameters().keySet());
                    findings.add(
                            name.at(),
                            Rule.TEMPLATE_PARAMETER,
                            "The template has no parameter " + name.text()
                                    + (suggestion.isEmpty()
                                            ? ". It has "
                                                    + String.join(
                                                            ", ",
                                                            template.parameters()
                                                                    .keySet()) + "."
                                            : suggestion));
                }
            }
        }
        Set<String> missing = template.required();
        missing.removeAll(given);
        if (!missing.isEmpty()) {
            findings.add(
                    place.keyAt(),
                    Rule.TEMPLATE_PARAMETER,
                    "The template needs " + String.join(", ", missing) + " too. Give each by name and value.");
        }
    }
}
