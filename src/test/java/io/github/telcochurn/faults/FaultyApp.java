package io.github.telcochurn.faults;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.github.telcochurn.ChildApp;
import io.github.telcochurn.ChurnApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import org.apache.kafka.common.KafkaException;

/**
 * The shipped program, with faults that can be injected. An order is a file of one line, {@code POINT ACTION PASS}: the action
 * happens when the point is passed for the PASS-th time from then on. The file is deleted just before.
 */
public final class FaultyApp {
    /** System property: the file of the orders. */
    public static final String ORDERS = "fault.orders";
    /** System property: true leaves the offsets out of the transaction, for a build that is broken on purpose. */
    public static final String OFFSETS_LEFT_OUT = "fault.offsets-left-out";

    /** System property: true starts routes that the program refuses, since they cannot keep their delivery guarantee. */
    public static final String GUARANTEE_UNCHECKED = "fault.guarantee-unchecked";

    /** System property: true skips polls that were not committed, for a build that is broken on purpose. */
    public static final String REWIND_LEFT_OUT = "fault.rewind-left-out";

    private static final String PRODUCER = "org.apache.kafka.clients.producer.KafkaProducer";
    private static final String FILE_STRATEGY =
            "org.apache.camel.component.file.strategy.GenericFileRenameProcessStrategy";

    private static final String BATCH_RUN = "io.github.telcochurn.batch.run.BatchRun";

    private static final String GUARANTEE_CHECK = "io.github.telcochurn.pipeline.GuaranteeCheck";

    private static final String POLLING_CONSUMER = "io.github.telcochurn.kafka.PollTransactions$PollingConsumer";

    private static final Path FILE = Path.of(System.getProperty(ORDERS, "no-orders"));
    private static final boolean LEAVE_OFFSETS_OUT = Boolean.getBoolean(OFFSETS_LEFT_OUT);

    private static volatile Order order;

    private FaultyApp() {}

    private static final class Order {
        private final FaultPoint point;
        private final FaultPoint.Action action;
        private int passesLeft;

        Order(String line) {
            List<String> words = List.of(line.strip().split(" ", -1));
            point = FaultPoint.valueOf(words.get(0));
            action = FaultPoint.Action.valueOf(words.get(1));
            passesLeft = Integer.parseInt(words.get(2));
        }

        synchronized boolean isDueAt(FaultPoint passed) {
            return passed == point && --passesLeft == 0;
        }
    }

    public static void main(String[] args) {
        new AgentBuilder.Default()
                // All other classes: a quick start is part of what is measured.
                .ignore(not(namedOneOf(PRODUCER, FILE_STRATEGY, BATCH_RUN, GUARANTEE_CHECK, POLLING_CONSUMER)))
                .type(named(PRODUCER))
                .transform((type, description, loader, module, domain) -> type.visit(
                                Advice.to(Send.class).on(named("send").and(takesArguments(2))))
                        .visit(Advice.to(Offsets.class).on(named("sendOffsetsToTransaction")))
                        .visit(Advice.to(Commit.class).on(named("commitTransaction"))))
                .type(named(FILE_STRATEGY))
                .transform((type, description, loader, module, domain) ->
                        type.visit(Advice.to(Move.class).on(named("commit"))))
                .type(named(BATCH_RUN))
                .transform((type, description, loader, module, domain) ->
                        type.visit(Advice.to(StepDone.class).on(named("stepDone"))))
                .type(named(GUARANTEE_CHECK))
                .transform((type, description, loader, module, domain) ->
                        type.visit(Advice.to(Unchecked.class).on(named("require"))))
                .type(named(POLLING_CONSUMER))
                .transform((type, description, loader, module, domain) ->
                        type.visit(Advice.to(Rewind.class).on(named("rewind"))))
                .installOn(ByteBuddyAgent.install());
        Thread watch = new Thread(FaultyApp::watchOrders, "fault-orders");
        watch.setDaemon(true);
        watch.start();
        ChurnApp.main(args);
    }

    private static void watchOrders() {
        while (true) {
            try {
                if (order == null && Files.exists(FILE)) {
                    order = new Order(Files.readString(FILE));
                }
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Called at each point by the advice that is woven in. */
    public static void pass(FaultPoint point) {
        Order current = order;
        if (current == null || !current.isDueAt(point)) {
            return;
        }
        try {
            Files.delete(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        order = null;
        switch (current.action) {
            case KILL -> {
                signal("KILL");
                LockSupport.park();
            }
            case STOP -> signal("STOP");
            case FAIL -> throw new KafkaException("failed on purpose");
            case EXHAUST -> exhaust();
        }
    }

    private static void signal(String name) {
        try {
            ChildApp.signal(ProcessHandle.current().pid(), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("ModifiedButNotUsed") // it only has to be reachable
    private static void exhaust() {
        List<byte[]> hoard = new ArrayList<>();
        while (true) {
            hoard.add(new byte[1 << 20]);
        }
    }

    /** Whether this build starts routes that the program refuses. */
    public static boolean isUnchecked() {
        return Boolean.getBoolean(GUARANTEE_UNCHECKED);
    }

    public static boolean isRewindLeftOut() {
        return Boolean.getBoolean(REWIND_LEFT_OUT);
    }

    /** Whether the offsets of this build are left out of the transaction. */
    public static boolean leavesOffsetsOut() {
        return LEAVE_OFFSETS_OUT;
    }

    /** Woven into the producer. */
    public static final class Send {
        private Send() {}

        @Advice.OnMethodExit
        public static void exit() {
            pass(FaultPoint.AFTER_SEND);
        }
    }

    /** Woven into the producer. */
    public static final class Offsets {
        private Offsets() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        public static boolean enter() {
            pass(FaultPoint.BEFORE_OFFSETS);
            return leavesOffsetsOut();
        }

        @Advice.OnMethodExit
        public static void exit() {
            pass(FaultPoint.AFTER_OFFSETS);
        }
    }

    /** Woven into the producer. */
    public static final class Commit {
        private Commit() {}

        @Advice.OnMethodEnter
        public static void enter() {
            pass(FaultPoint.BEFORE_COMMIT);
        }

        @Advice.OnMethodExit
        public static void exit() {
            pass(FaultPoint.AFTER_COMMIT);
        }
    }

    /** Woven into the check at the start. */
    public static final class Unchecked {
        private Unchecked() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        public static boolean enter() {
            return isUnchecked();
        }
    }

    /** Woven into the consumer that rewinds after a poll that was not committed. */
    public static final class Rewind {
        private Rewind() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        public static boolean enter() {
            return isRewindLeftOut();
        }
    }

    /** Woven into the batch run. */
    public static final class StepDone {
        private StepDone() {}

        @Advice.OnMethodEnter
        public static void enter() {
            pass(FaultPoint.BEFORE_STEP_DONE);
        }
    }

    /** Woven into the strategy that moves files. */
    public static final class Move {
        private Move() {}

        @Advice.OnMethodEnter
        public static void enter() {
            pass(FaultPoint.BEFORE_MOVE);
        }
    }
}
