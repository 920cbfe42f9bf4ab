package io.github.telcochurn.routes.lint;

import io.github.telcochurn.kafka.PollTransactions;
import io.github.telcochurn.kafka.TransactionalSends;
import io.github.telcochurn.routes.Endpoint;
import io.github.telcochurn.routes.Finding;
import io.github.telcochurn.routes.Place;
import io.github.telcochurn.routes.RouteSource;
import io.github.telcochurn.routes.Rule;
import io.github.telcochurn.routes.Scope;
import io.github.telcochurn.scoring.ChurnScorer;
import io.github.telcochurn.yaml.Yaml;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a route that commits what it reads together with what it sends keeps its guarantee whatever fails. Such a route has an
 * endpoint whose {@code kafkaClientFactory} is a {@link PollTransactions} or a {@link TransactionalSends}.
 */
final class TransactionCheck implements RouteCheck {
    private static final String FACTORY = "kafkaClientFactory";
    private static final Set<String> ROUTES = Set.of("route", "routeTemplate", "from");
    /** What applies to every route of its file. */
    private static final Set<String> INTERCEPTORS = Set.of("intercept", "interceptFrom", "interceptSendToEndpoint");
    /** Steps that end an exchange which has not failed. */
    private static final Set<String> ENDING = Set.of("stop", "rollback", "sample");
    /** Steps that handle what fails inside them. */
    private static final Set<String> HANDLING = Set.of("doTry", "circuitBreaker");
    /** Steps that pass each exchange through everything inside them. */
    private static final Set<String> PASSING = Set.of("step", "pipeline");
    /** Steps that hand the exchange itself, not a copy, to what is inside them. */
    private static final Set<String> SAME_EXCHANGE = Set.of("filter", "loop", "idempotentConsumer");

    private static final Set<String> BRANCHES = Set.of("when", "otherwise");
    private static final String BYTES = "org.apache.kafka.common.serialization.ByteArray";

    private static final List<Setting> OF_POLLS = List.of(
            Setting.must("autoCommitEnable", "false", "the transaction alone commits offsets"),
            Setting.must("breakOnFirstError", "true", "otherwise a failed poll is skipped"),
            Setting.must("pollOnError", "RECONNECT", "only a new consumer resumes from the committed offsets"),
            Setting.must("isolationLevel", "read_committed", "otherwise aborted records are read too"),
            Setting.must("autoOffsetReset", "earliest", "otherwise a new consumer group skips existing records"),
            Setting.must(
                    "keyDeserializer", BYTES + "Deserializer", "otherwise a record that is not text fails the poll"),
            Setting.must(
                    "valueDeserializer", BYTES + "Deserializer", "otherwise a record that is not text fails the poll"),
            Setting.given("groupId", "otherwise each start is a new consumer group, which reads everything again"),
            Setting.may("batching", "false", "a Camel batch is not the poll whose offsets are committed"),
            Setting.may("consumersCount", "1", "a pair of clients serves one consumer"),
            Setting.none("seekTo", "each reconnect would start there, not at the committed offsets"),
            Setting.none("offsetRepository", "the committed offsets would be ignored"));

    private static final List<Setting> OF_SENDS = List.of(
            Setting.must("synchronous", "true", "the transaction belongs to the thread that polls"),
            Setting.given("transactionalId", "without it nothing is sent in a transaction"),
            Setting.may("keySerializer", BYTES + "Serializer", "records are bytes already"),
            Setting.may("valueSerializer", BYTES + "Serializer", "records are bytes already"));

    private static final Set<Class<?>> FACTORIES = Set.of(PollTransactions.class, TransactionalSends.class);
    /** Options that may differ between the steps that send in a transaction; all others are those of their shared producer. */
    private static final Set<String> OF_ONE_SEND = Set.of("topic", "key", "partitionKey");

    /** Where the beans of a transaction keep their dead letters. */
    private static final String DEAD_LETTERS = "deadLetters";

    /**
     * What an option must be.
     *
     * @param expected empty for any value, null for none at all
     * @param byDefault whether it is so by default
     */
    private record Setting(String option, String expected, boolean byDefault, String why) {
        static Setting must(String option, String expected, String why) {
            return new Setting(option, expected, false, why);
        }

        static Setting given(String option, String why) {
            return new Setting(option, "", false, why);
        }

        static Setting may(String option, String expected, String why) {
            return new Setting(option, expected, true, why);
        }

        static Setting none(String option, String why) {
            return new Setting(option, null, true, why);
        }

        boolean allows(String value) {
            return expected != null && (expected.isEmpty() ? !value.isEmpty() : expected.equalsIgnoreCase(value));
        }

        String message() {
            String wanted = expected == null
                    ? "Remove " + option
                    : expected.isEmpty() ? "Give " + option : "Set " + option + " to " + expected;
            return wanted + ": " + why + ".";
        }
    }

    @Override
    public void check(RouteSource source, Scope scope, Findings findings) {
        List<Place> places = Place.in(source);
        boolean any = false;
        for (Place place : places) {
            if (place.parent() == null
                    && place.isOneOf(ROUTES)
                    && place.mapping().isPresent()) {
                any |= new Route(place, List.of(), scope, findings).check();
            }
        }
        if (any) {
            checkSharedByFile(places, findings);
        }
    }

    private static void checkSharedByFile(List<Place> places, Findings findings) {
        for (Place place : places) {
            if (place.parent() == null && place.key().equals("onException")) {
                findings.add(
                        place.keyAt(),
                        Rule.FAILURE_HANDLED,
                        "This applies to every route of the file, and one of them commits transactions, which a failure"
                                + " must abort. Move it to the file of the routes that it is meant for.");
            } else if (place.parent() == null && place.isOneOf(INTERCEPTORS)) {
                findings.add(
                        place.keyAt(),
                        Rule.SEND_SKIPPED,
                        place.key() + " applies to every route of the file, and may end an exchange before it is"
                                + " committed. Move it to the file of the routes that it is meant for.");
            }
        }
    }

    /** One route, and the rules that it breaks. */
    private static final class Route {
        private final Place place;
        /** This route and its callers, which may form a cycle. */
        private final List<Place> callers;

        private final Scope scope;
        private final Findings findings;
        private final List<Place> places;
        private final List<Endpoint> endpoints;
        private final List<Endpoint> sends;
        private final Optional<Endpoint> from;

        Route(Place place, List<Place> calledBy, Scope scope, Findings findings) {
            this.place = place;
            this.callers = Stream.concat(calledBy.stream(), Stream.of(place)).toList();
            this.scope = scope;
            this.findings = findings;
            this.places = place.below();
            this.endpoints = Endpoint.in(places);
            this.from = endpoints.stream()
                    .filter(endpoint -> endpoint.place().key().equals("from"))
                    .findFirst();
            this.sends = endpoints.stream()
                    .filter(endpoint ->
                            !endpoint.isConsumer() && factory(endpoint).isPresent() && isEnabled(endpoint))
                    .toList();
        }

        /** Whether it commits transactions at all. */
        boolean check() {
            Optional<Endpoint.Option> ofPolls = from.flatMap(this::factory);
            boolean polls = from.filter(endpoint -> isKafka(endpoint)).isPresent();
            if (ofPolls.isEmpty() && sends.isEmpty()) {
                if (polls && scores()) {
                    requireFactory(from.get(), "#scoreTransactions", "the scorer takes whole polls");
                }
                return false;
            }
            checkErrorHandler();
            checkSettings(ofPolls.map(Endpoint.Option::value), polls);
            checkSameSettings();
            checkDeadLetters();
            ofPolls.ifPresent(factory -> plainSends()
                    .forEach(send ->
                            requireFactory(send, factory.value().text(), "otherwise it is not in the transaction")));
            checkPaths(ofPolls.isPresent());
            return true;
        }

        private Optional<Endpoint.Option> factory(Endpoint endpoint) {
            return endpoint.option(FACTORY)
                    .filter(option -> BeanCall.reference(option.value().text())
                            .filter(name -> FACTORIES.contains(scope.beans().get(name)))
                            .isPresent());
        }

        private boolean isKafka(Endpoint endpoint) {
            return endpoint.scheme(scope).equals("kafka");
        }

        private boolean scores() {
            return places.stream()
                    .filter(step -> step.key().equals("bean"))
                    .flatMap(step -> step.mapping().stream())
                    .flatMap(bean -> bean.scalar("ref").stream())
                    .anyMatch(ref -> scope.beans().get(ref.text()) == ChurnScorer.class);
        }

        private void requireFactory(Endpoint endpoint, String factory, String why) {
            findings.add(
                    endpoint.uri().at(),
                    Rule.TRANSACTION_SETTING,
                    "Set " + FACTORY + " to \"" + factory + "\": " + why + ".");
        }

        private void checkErrorHandler() {
            Place holder = child(place, "route").orElse(place);
            Optional<Place> handler = child(holder, "errorHandler");
            boolean unhandled = handler.flatMap(Place::mapping)
                    .filter(mapping -> mapping.has("noErrorHandler"))
                    .isPresent();
            if (!unhandled) {
                findings.add(
                        handler.map(Place::keyAt).orElse(place.keyAt()),
                        Rule.FAILURE_HANDLED,
                        (handler.isPresent()
                                        ? "This error handler may handle a failure"
                                        : "Without an error handler of its own the route has that of the"
                                                + " routeConfiguration, which handles a failure")
                                + ", and then the transaction is not aborted. Write errorHandler: {noErrorHandler: {}}.");
            }
            for (Endpoint send : sends) {
                HANDLING.forEach(key -> send.place().enclosing(key).ifPresent(this::addHandling));
            }
        }

        private void addHandling(Place step) {
            findings.add(
                    step.keyAt(),
                    Rule.FAILURE_HANDLED,
                    step.key() + " may handle a failure before the transaction is complete, and what is"
                            + " missing is lost. Let failures abort the transaction: it is retried.");
        }

        private void checkSettings(Optional<Yaml.Scalar> ofPolls, boolean polls) {
            if (ofPolls.isPresent()) {
                check(from.get(), OF_POLLS);
            }
            for (Endpoint send : sends) {
                check(send, OF_SENDS);
                Yaml.Scalar factory = factory(send).get().value();
                if (ofPolls.isEmpty() && polls) {
                    requireFactory(from.get(), factory.text(), "otherwise its offsets are not in the transaction");
                } else if (ofPolls.isPresent() && !ofPolls.get().text().equals(factory.text())) {
                    findings.add(
                            factory.at(),
                            Rule.TRANSACTION_SETTING,
                            "Set " + FACTORY + " to \"" + ofPolls.get().text() + "\", as in from: otherwise the offsets"
                                    + " of the poll are not in the transaction.");
                }
            }
        }

        /** The steps that send in one transaction share a producer. */
        private void checkSameSettings() {
            for (Endpoint send : sends) {
                Endpoint first = sends.stream()
                        .filter(other -> valueOf(other, FACTORY).equals(valueOf(send, FACTORY)))
                        .findFirst()
                        .orElse(send);
                Stream.concat(send.options().stream(), first.options().stream())
                        .map(Endpoint.Option::name)
                        .filter(name -> !OF_ONE_SEND.contains(name))
                        .distinct()
                        .filter(name -> !valueOf(send, name).equals(valueOf(first, name)))
                        .forEach(name -> findings.add(
                                send.option(name)
                                        .map(Endpoint.Option::at)
                                        .orElse(send.uri().at()),
                                Rule.TRANSACTION_SETTING,
                                "Give " + name + " the same value in every to: kafka of the transaction: they share one"
                                        + " producer. Only topic, key and partitionKey may differ."));
            }
        }

        private Optional<String> valueOf(Endpoint endpoint, String option) {
            return endpoint.option(option)
                    .map(given -> scope.resolve(given.value().text()));
        }

        /** What cannot be written becomes a dead letter, which goes where the route sends those. */
        private void checkDeadLetters() {
            boolean sent = places.stream()
                    .flatMap(step -> step.scalar().stream())
                    .anyMatch(text -> text.text().contains(DEAD_LETTERS));
            if (!sends.isEmpty() && !sent) {
                findings.add(
                        sends.get(0).uri().at(),
                        Rule.SEND_SKIPPED,
                        "The dead letters are not sent: after the first one nothing more is committed. Set the body to "
                                + DEAD_LETTERS + " of what the bean returned, and add a to: kafka for their topic.");
            }
        }

        private void check(Endpoint endpoint, List<Setting> settings) {
            for (Setting setting : settings) {
                Optional<Endpoint.Option> option = endpoint.option(setting.option());
                boolean kept = option.map(given ->
                                setting.allows(scope.resolve(given.value().text())))
                        .orElse(setting.byDefault());
                if (!kept) {
                    findings.add(
                            option.map(given -> given.value().at())
                                    .orElse(endpoint.uri().at()),
                            Rule.TRANSACTION_SETTING,
                            setting.message());
                }
            }
        }

        private void checkPaths(boolean polls) {
            int before = findings.all().size();
            boolean committed = from.isPresent() && commits(stepsIn(from.get().place()), polls);
            if (committed || !polls || skipsReportedSince(before)) {
                return;
            }
            if (plainSends().findAny().isEmpty()) {
                findings.add(
                        from.get().uri().at(),
                        Rule.SEND_SKIPPED,
                        "No step sends in the transaction, so no poll is ever committed. Add a to: kafka with the same "
                                + FACTORY + ".");
            }
        }

        /** Those that would send outside the transaction, again at each attempt. */
        private Stream<Endpoint> plainSends() {
            return endpoints.stream()
                    .filter(endpoint -> !endpoint.isConsumer()
                            && isKafka(endpoint)
                            && factory(endpoint).isEmpty()
                            && isEnabled(endpoint));
        }

        private boolean skipsReportedSince(int before) {
            return findings.all().stream().skip(before).anyMatch(finding -> finding.rule()
                    .equals(Rule.SEND_SKIPPED.id()));
        }

        /** Whether every exchange that goes through the steps, and does not fail, is committed. */
        private boolean commits(List<Place> steps, boolean polls) {
            for (Place step : steps) {
                if (isEnabled(step) && commits(step, polls)) {
                    return true;
                }
            }
            return false;
        }

        private boolean commits(Place step, boolean polls) {
            if (isSend(step)) {
                return true;
            }
            if (step.isOneOf(ENDING)) {
                addSkip(step, step.key() + " ends an exchange before it is committed");
                return false;
            }
            if (step.isOneOf(HANDLING)) {
                addHandling(step);
                return sendsBelow(step);
            }
            if (step.isOneOf(PASSING)) {
                return commits(stepsIn(step), polls);
            }
            if (step.key().equals("choice")) {
                return choiceCommits(step, polls);
            }
            if (step.key().equals("split") && !polls && sendsBelow(step)) {
                return chunksCommit(step);
            }
            if (sendsBelow(step)) {
                addSkip(step, "What is inside " + step.key() + " is not done once for every exchange");
                return true;
            }
            if (step.isOneOf(SAME_EXCHANGE)) {
                return commits(stepsIn(step), polls);
            }
            return step.key().equals("to") && calledCommits(step, polls);
        }

        private boolean choiceCommits(Place choice, boolean polls) {
            List<Place> branches = children(choice)
                    .filter(branch ->
                            branch.isOneOf(BRANCHES) && branch.mapping().isPresent())
                    .toList();
            boolean sends = sendsBelow(choice);
            for (Place branch : branches) {
                if (!commits(stepsIn(branch), polls) && sends) {
                    addSkip(branch, "This branch does not send");
                }
            }
            if (sends && branches.stream().noneMatch(branch -> branch.key().equals("otherwise"))) {
                addSkip(choice, "Without otherwise, what meets no condition is not sent");
            }
            return sends;
        }

        /** Each chunk is an exchange and a transaction of its own, and they must be committed in their order. */
        private boolean chunksCommit(Place split) {
            for (Setting setting : List.of(
                    Setting.must("stopOnException", "true", "otherwise the chunks after a failed one are committed"),
                    Setting.may("parallelProcessing", "false", "chunks are committed in their order"))) {
                Optional<Yaml.Scalar> given = split.mapping().flatMap(mapping -> mapping.scalar(setting.option()));
                if (!given.map(value -> setting.allows(scope.resolve(value.text())))
                        .orElse(setting.byDefault())) {
                    findings.add(
                            given.map(Yaml.Scalar::at).orElse(split.keyAt()),
                            Rule.TRANSACTION_SETTING,
                            setting.message());
                }
            }
            return commits(stepsIn(split), false);
        }

        /** What is called by direct: is part of this route's exchange. */
        private boolean calledCommits(Place step, boolean polls) {
            Optional<String> name = endpoints.stream()
                    .filter(endpoint -> endpoint.place().equals(step))
                    .flatMap(endpoint -> endpoint.internalName(scope).stream())
                    .filter(internal -> internal.startsWith("direct:"))
                    .findFirst();
            Optional<Place> called = name.flatMap(scope::consumerOf).filter(route -> !callers.contains(route));
            if (called.isEmpty()) {
                return false;
            }
            Findings inside = new Findings("", Set.of());
            Route route = new Route(called.get(), callers, scope, inside);
            route.checkErrorHandler();
            boolean commits = route.from.isPresent()
                    && route.commits(stepsIn(route.from.get().place()), polls);
            inside.all().stream()
                    .filter(Finding::isError)
                    .findFirst()
                    .ifPresent(finding -> findings.add(
                            step.keyAt(),
                            Rule.SEND_SKIPPED,
                            "The route that consumes " + name.get() + " may end an exchange before it is committed. "
                                    + finding.message()));
            return commits;
        }

        private void addSkip(Place step, String why) {
            findings.add(
                    step.keyAt(),
                    Rule.SEND_SKIPPED,
                    why + ", so not everything that was read is sent. Let every exchange reach the transactional to;"
                            + " move what depends on a condition after it.");
        }

        private boolean isSend(Place step) {
            return sends.stream().anyMatch(send -> send.place().equals(step));
        }

        private boolean sendsBelow(Place step) {
            List<Place> below = step.below();
            return sends.stream().map(Endpoint::place).anyMatch(below::contains);
        }

        private static boolean isEnabled(Endpoint endpoint) {
            return isEnabled(endpoint.place());
        }

        private static boolean isEnabled(Place step) {
            return step.mapping()
                    .flatMap(mapping -> mapping.scalar("disabled"))
                    .filter(disabled -> !disabled.text().equals("false"))
                    .isEmpty();
        }

        private Stream<Place> children(Place parent) {
            return places.stream().filter(below -> parent.equals(below.parent()));
        }

        private Optional<Place> child(Place parent, String key) {
            return children(parent).filter(child -> child.key().equals(key)).findFirst();
        }

        private List<Place> stepsIn(Place parent) {
            return children(parent)
                    .filter(item -> item.key().equals("steps") && item.mapping().isPresent())
                    .flatMap(this::children)
                    .toList();
        }
    }
}
