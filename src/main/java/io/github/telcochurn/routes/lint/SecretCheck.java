package io.github.telcochurn.routes.lint;

import io.github.telcochurn.routes.Place;
import io.github.telcochurn.routes.Placeholders;
import io.github.telcochurn.routes.RouteSource;
import io.github.telcochurn.routes.Rule;
import io.github.telcochurn.routes.Scope;
import io.github.telcochurn.yaml.Yaml;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a secret is in the file, which goes to version control. */
final class SecretCheck implements RouteCheck {
    private static final Pattern SECRET_KEY = Pattern.compile(
            ".*(password|passwd|passphrase|secret|token|api-?key|accesskey|access-key|private-?key|credentials|saslJaasConfig)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LOGIN_IN_ADDRESS = Pattern.compile("://[^/:@\\s{]+:([^/@\\s{]+)@");
    private static final Pattern OPTION = Pattern.compile(
            "[?&]([A-Za-z.-]*(?:password|secret|token|accessKey|apiKey))=([^&]+)", Pattern.CASE_INSENSITIVE);

    @Override
    public void check(RouteSource source, Scope scope, Findings findings) {
        for (Place place : Place.in(source)) {
            place.scalar().ifPresent(scalar -> check(place, scalar, findings));
        }
    }

    private static void check(Place place, Yaml.Scalar scalar, Findings findings) {
        String value = scalar.text();
        if (SECRET_KEY.matcher(place.key()).matches() && !isSeparator(place) && isLiteral(value)) {
            add(scalar.at(), place.key(), findings);
        }
        if (place.parent() != null
                && place.key().equals("expression")
                && place.enclosing("setHeader").isPresent()
                && isLiteral(value)
                && place.parent().key().equals("constant")
                && isSecretHeader(place)) {
            add(scalar.at(), "this header", findings);
        }
        Matcher login = LOGIN_IN_ADDRESS.matcher(value);
        if (login.find() && isLiteral(login.group(1))) {
            add(scalar.at(login.start(1)), "this address", findings);
        }
        Matcher option = OPTION.matcher(value);
        while (option.find()) {
            if (isLiteral(option.group(2))) {
                add(scalar.at(option.start(2)), option.group(1), findings);
            }
        }
    }

    /** The languages that split text call their separator a token, too. */
    private static boolean isSeparator(Place place) {
        return place.parent() != null && place.parent().key().endsWith("tokenize");
    }

    private static boolean isSecretHeader(Place place) {
        return place.enclosing("setHeader")
                .flatMap(Place::mapping)
                .flatMap(header -> header.scalar("name"))
                .map(name -> name.text().toLowerCase(Locale.ROOT))
                .filter(name ->
                        name.equals("authorization") || SECRET_KEY.matcher(name).matches())
                .isPresent();
    }

    /** Not a reference, an expression, a bean, a flag or blank. */
    private static boolean isLiteral(String value) {
        return !value.isBlank()
                && !Placeholders.isIn(value)
                && !value.startsWith("#")
                && !value.contains("${")
                && !value.equals("true")
                && !value.equals("false");
    }

    private static void add(Yaml.Position at, String what, Findings findings) {
        findings.add(
                at,
                Rule.LITERAL_SECRET,
                "The secret in " + what + " is in plain text. Take it from the environment: {{env:MY_SECRET}}.");
    }
}
