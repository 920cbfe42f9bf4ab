package io.github.telcochurn.routes.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.kafka.RecordBatch;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Replaces a step of a route: records the messages that arrive, and answers or throws as the case says. */
final class ReplacedStep implements Processor {
    private final String id;
    private final RouteTestCase.Replacement replacement;
    private final String topic;
    private final List<Message> received = new ArrayList<>();
    private final AtomicInteger thrown = new AtomicInteger();

    /**
     * A replacement.
     *
     * @param replacement null for one that only records messages
     * @param topic the Kafka topic that the step sends to; null when it is none
     */
    ReplacedStep(String id, RouteTestCase.Replacement replacement, String topic) {
        this.id = id;
        this.topic = topic;
        this.replacement = replacement;
    }

    /** A message as it was on arrival: routes change their messages on the way. */
    private record Message(JsonNode body, List<JsonNode> records, Map<String, JsonNode> headers) {
        static Message of(Exchange exchange, String topic) {
            Object body = exchange.getMessage().getBody();
            Map<String, JsonNode> headers = new LinkedHashMap<>();
            exchange.getMessage().getHeaders().forEach((name, value) -> headers.put(name, Match.json(value)));
            return new Message(
                    Match.json(body),
                    body instanceof RecordBatch batch ? Match.records(batch, topic) : List.of(),
                    headers);
        }
    }

    @Override
    public synchronized void process(Exchange exchange) throws Exception {
        received.add(Message.of(exchange, topic));
        if (replacement == null) {
            return;
        }
        RouteTestCase.Thrown toThrow = replacement.thrown();
        if (toThrow != null && (toThrow.times() == null || thrown.getAndIncrement() < toThrow.times())) {
            throw exception(toThrow);
        }
        Object answer = TestBodies.of(replacement);
        if (answer != null) {
            exchange.getMessage().setBody(answer);
        }
    }

    private static Exception exception(RouteTestCase.Thrown toThrow) {
        String message = toThrow.message() == null ? "thrown by the test" : toThrow.message();
        try {
            Class<?> type = Class.forName(toThrow.exception());
            Constructor<?> constructor = type.getDeclaredConstructor(String.class);
            // Some exceptions' constructors are not public.
            constructor.setAccessible(true);
            return (Exception) constructor.newInstance(message);
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new ChurnFailure(
                    "The test cannot throw a " + toThrow.exception()
                            + ". Name the full class of an exception that can be made from a message.",
                    e);
        }
    }

    /** How the messages that arrived differ from the expected ones. */
    synchronized List<String> problems(RouteTestCase.Expectation expected) {
        List<String> problems = new ArrayList<>();
        if (expected.count() != null && expected.count() != received.size()) {
            problems.add(id + ": expected " + messages(expected.count()) + ", but " + received.size() + " came"
                    + receivedBodies());
        }
        if (expected.count() == null && expected.bodies() == null && expected.records() == null && received.isEmpty()) {
            problems.add(id + ": expected a message, but none came");
        }
        if (expected.bodies() != null) {
            problems.addAll(compare(
                    "bodies",
                    expected.bodies(),
                    received.stream().map(Message::body).toList()));
        }
        if (expected.records() != null) {
            problems.addAll(compare(
                    "records",
                    expected.records(),
                    received.stream().flatMap(one -> one.records().stream()).toList()));
        }
        for (Message message : received) {
            expected.headers().forEach((name, value) -> Match.difference(
                            value,
                            Optional.ofNullable(message.headers().get(name)).orElse(MissingNode.getInstance()))
                    .ifPresent(difference -> problems.add(id + ": header " + name + ": " + difference)));
        }
        return problems;
    }

    /** The problems when no message was expected. */
    synchronized List<String> problemsIfAnyCame() {
        return received.isEmpty()
                ? List.of()
                : List.of(id + ": nothing was expected, but " + messages(received.size()) + " came" + receivedBodies());
    }

    private List<String> compare(String what, List<JsonNode> expected, List<JsonNode> actual) {
        if (expected.size() != actual.size()) {
            return List.of(id + ": expected " + expected.size() + " " + what + ", but " + actual.size() + " came"
                    + receivedBodies());
        }
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            String where = id + ": " + what + "[" + i + "]: ";
            Match.difference(expected.get(i), actual.get(i)).ifPresent(difference -> problems.add(where + difference));
        }
        return problems;
    }

    private String receivedBodies() {
        return received.isEmpty()
                ? ""
                : ": "
                        + received.stream()
                                .map(message -> Match.shown(message.body()))
                                .reduce((one, other) -> one + ", " + other)
                                .orElse("");
    }

    private static String messages(int count) {
        return count == 1 ? "1 message" : count + " messages";
    }
}
