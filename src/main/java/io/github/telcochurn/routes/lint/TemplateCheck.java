package io.github.telcochurn.routes.lint;

import io.github.telcochurn.routes.Place;
import io.github.telcochurn.routes.RouteSource;
import io.github.telcochurn.routes.Rule;
import io.github.telcochurn.routes.Scope;
import io.github.telcochurn.yaml.DidYouMean;
import io.github.telcochurn.yaml.Yaml;
import java.util.HashSet;
import java.util.Set;

/** Whether templates describe their parameters, and are given the parameters that they need. */
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
        for (Yaml.Mapping parameter : template.mappings("parameters")) {
            if (parameter.scalar("description").isEmpty()) {
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
                findings.add(
                        reference.at(),
                        Rule.UNKNOWN_TEMPLATE,
                        "There is no template " + reference.text()
                                + DidYouMean.suggestionOr(
                                        reference.text(),
                                        scope.templates().keySet(),
                                        ". ./churn routes list shows those that exist."));
            } else {
                checkGiven(place, use, template, findings);
            }
        });
    }

    private static void checkGiven(Place place, Yaml.Mapping use, Scope.Template template, Findings findings) {
        Set<String> given = new HashSet<>();
        for (Yaml.Mapping parameter : use.mappings("parameters")) {
            parameter.scalar("name").ifPresent(name -> {
                given.add(name.text());
                checkIsParameter(name, template, findings);
            });
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

    private static void checkIsParameter(Yaml.Scalar name, Scope.Template template, Findings findings) {
        Set<String> known = template.parameters().keySet();
        if (!known.contains(name.text())) {
            findings.add(
                    name.at(),
                    Rule.TEMPLATE_PARAMETER,
                    "The template has no parameter " + name.text()
                            + DidYouMean.suggestionOr(
                                    name.text(), known, ". It has " + String.join(", ", known) + "."));
        }
    }
}
