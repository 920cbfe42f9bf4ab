package io.github.telcochurn.routes.lint;

import io.github.telcochurn.routes.Place;
import io.github.telcochurn.routes.Placeholders;
import io.github.telcochurn.routes.RouteSource;
import io.github.telcochurn.routes.Rule;
import io.github.telcochurn.routes.Scope;
import io.github.telcochurn.yaml.Yaml;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.language.simple.SimpleLanguage;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;

/** Whether simple expressions can be parsed. */
final class ExpressionCheck implements RouteCheck {
    private static final Set<String> CONDITIONS =
            Set.of("filter", "when", "onWhen", "validate", "handled", "continued", "retryWhile", "completionPredicate");

    private final SimpleLanguage simple = new SimpleLanguage();

    ExpressionCheck(CamelContext context) {
        simple.setCamelContext(context);
    }

    @Override
    public void check(RouteSource source, Scope scope, Findings findings) {
        for (Place place : Place.in(source)) {
            if (place.key().equals("simple") && !place.isOption()) {
                place.mapping()
                        .flatMap(language -> language.scalar("expression"))
                        .or(place::scalar)
                        .ifPresent(text -> check(text, isCondition(place), scope, findings));
            } else if (place.key().equals("message")
                    && place.parent() != null
                    && place.parent().key().equals("log")) {
                place.scalar().ifPresent(text -> check(text, false, scope, findings));
            }
        }
    }

    private static boolean isCondition(Place language) {
        Place owner = language.parent();
        if (owner != null && owner.key().equals("expression")) {
            owner = owner.parent();
        }
        return owner != null && owner.isOneOf(CONDITIONS);
    }

    private void check(Yaml.Scalar text, boolean condition, Scope scope, Findings findings) {
        String resolved = scope.resolve(text.text());
        if (Placeholders.isIn(resolved)) {
            // Such as a parameter of a template, which may be the whole expression.
            return;
        }
        try {
            if (condition) {
                simple.createPredicate(resolved);
            } else {
                simple.createExpression(resolved);
            }
        } catch (RuntimeException e) {
            if (e instanceof NoSuchBeanException || e.getCause() instanceof NoSuchBeanException) {
                // It was parsed. There are no beans here, and BeanCheck knows which there are.
                return;
            }
            boolean placed = e instanceof SimpleIllegalSyntaxException bad
                    && bad.getIndex() >= 0
                    && resolved.equals(text.text());
            findings.add(
                    placed ? text.at(((SimpleIllegalSyntaxException) e).getIndex()) : text.at(),
                    Rule.BAD_EXPRESSION,
                    message(
                            text,
                            e instanceof SimpleIllegalSyntaxException bad ? bad.getShortMessage() : e.getMessage()));
        }
    }

    private static String message(Yaml.Scalar text, String why) {
        return "The simple expression \"" + text.text() + "\" cannot be parsed: "
                + String.valueOf(why).lines().findFirst().orElse("").replaceFirst("[.]$", "")
                + ". See https://camel.apache.org/components/4.x/languages/simple-language.html.";
    }
}
