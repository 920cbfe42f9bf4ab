package io.github.telcochurn.routes;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What {@code ./churn routes check} looks for. */
public enum Rule {
    SYNTAX("The file is YAML, and a list of routes, templates, beans and the like."),
    UNKNOWN_KEY("Every key is one of Camel's YAML DSL, in camelCase, where it is allowed."),
    WRONG_TYPE("A value is of the type that its key requires: a list, true or false, a number, one of some words."),
    MISSING_KEY("Every element has the keys that it requires."),
    COMPACT_FORM("Elements are in the canonical form that Kaoto writes, not in the short one: to: {uri: direct, …}."),
    UNKNOWN_COMPONENT("A component, language or data format is known to Camel, and its jar is there."),
    UNKNOWN_OPTION("Every option of an endpoint is one of its component, for consuming or sending as it is used."),
    WRONG_OPTION("An endpoint has the options that it needs, and their values are of the right type."),
    UNSET_VARIABLE(
            Severity.WARNING,
            "Every {{env:NAME}} and {{sys:name}} is set where the routes are checked, or has a default."),
    UNKNOWN_PLACEHOLDER("Every {{key}} is a setting, or a parameter of the template."),
    NO_CONSUMER("What is sent to direct: or seda: is consumed by a route."),
    NO_PRODUCER(Severity.WARNING, "Something sends to every direct: that is consumed."),
    UNKNOWN_ROUTE("What controlbus starts and stops is a route."),
    UNKNOWN_CONFIGURATION("A routeConfigurationId is that of a routeConfiguration."),
    UNKNOWN_BEAN("Every bean that is named exists."),
    UNKNOWN_METHOD("A bean has the method that is called, with that number of arguments."),
    UNKNOWN_CLASS("Every Java class that is named is on the class path."),
    BAD_EXPRESSION("Simple expressions can be parsed, in log messages and options of endpoints too."),
    ID_NOT_FILE_NAME("A file's route or template has the file's name as its id."),
    MISSING_ID("Every route and template has an id."),
    DUPLICATE_ID("No id is used twice, neither of routes nor of steps."),
    MISSING_DESCRIPTION("Every route, template and template parameter has a description."),
    NO_GUARANTEE(
            "A route's description states its delivery guarantee: exactly, at least or at most once, or that it touches no message."),
    UNKNOWN_TEMPLATE("A templatedRoute is made from a template that exists."),
    TEMPLATE_PARAMETER("A templatedRoute gives only parameters that its template has, and all that have no default."),
    LITERAL_SECRET("Passwords, tokens and keys are not in the file: they come from the environment, by {{key}}."),
    FAILURE_HANDLED(
            "A route that commits transactions lets failures abort them: noErrorHandler, no doTry, no circuitBreaker."),
    SEND_SKIPPED(
            "Every exchange of such a route reaches its transactional send: no filter, choice, split or stop is in the way."),
    TRANSACTION_SETTING("The endpoints of such a route have the settings that its guarantee needs."),
    NOT_LOADABLE("Camel can load the file.");

    /** What {@code lint.TransactionCheck} looks for. */
    static final Set<Rule> GUARANTEE_RULES = EnumSet.of(FAILURE_HANDLED, SEND_SKIPPED, TRANSACTION_SETTING);

    /** How the shipped routes are written; a file runs without it too. */
    public static final Set<Rule> STYLE_RULES =
            Collections.unmodifiableSet(EnumSet.of(COMPACT_FORM, ID_NOT_FILE_NAME, MISSING_DESCRIPTION, NO_GUARANTEE));

    private final Severity severity;
    private final String description;

    Rule(String description) {
        this(Severity.ERROR, description);
    }

    Rule(Severity severity, String description) {
        this.severity = severity;
        this.description = description;
    }

    /** How bad it is when a rule is broken. */
    public enum Severity {
        ERROR,
        WARNING;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As it is written in findings. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Severity severity() {
        return severity;
    }

    /** What holds where the rule is followed. */
    public String description() {
        return description;
    }
}
