package io.github.telcochurn.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What can happen to the pipeline. */
enum Fault {
    KILL("kill -9 of a scorer at random", 0.05, PipelineUnderFire::killScorer),
    KILL_ALL("kill -9 of all scorers at once", 0.32, PipelineUnderFire::killAllScorers),
    KILL_AFTER_SEND("kill -9 of a scorer after a send", 0.05, fire -> fire.killScorerAt(FaultPoint.AFTER_SEND)),
    KILL_BEFORE_OFFSETS("… before the offsets", 0.05, fire -> fire.killScorerAt(FaultPoint.BEFORE_OFFSETS)),
    KILL_AFTER_OFFSETS("… after the offsets", 0.05, fire -> fire.killScorerAt(FaultPoint.AFTER_OFFSETS)),
    KILL_BEFORE_COMMIT("… before the commit", 0.05, fire -> fire.killScorerAt(FaultPoint.BEFORE_COMMIT)),
    KILL_AFTER_COMMIT("… after the commit", 0.05, fire -> fire.killScorerAt(FaultPoint.AFTER_COMMIT)),
    NO_MEMORY("a scorer out of memory", 0.01, PipelineUnderFire::exhaustScorer),
    FAIL_COMMIT("a commit that fails", 0.02, PipelineUnderFire::failCommit),
    TERMINATE("SIGTERM to a scorer in mid-batch", 0.02, PipelineUnderFire::terminateScorer),
    JOIN_AND_LEAVE("a scorer joins and leaves", 0.015, PipelineUnderFire::joinAndLeave),
    ZOMBIE("a scorer stopped past its session, then continued", 0.015, PipelineUnderFire::zombie),
    KILL_BROKER("kill -9 of the broker", 0, PipelineUnderFire::killBroker),
    RESTART_BROKER("clean restart of the broker", 0.015, PipelineUnderFire::restartBroker),
    PAUSE_BROKER("broker stopped for 15 s", 0.01, fire -> fire.pauseBroker(Duration.ofSeconds(15))),
    KILL_INGEST("kill -9 of an ingest, twice in a file", 0.02, PipelineUnderFire::killIngest),
    KILL_INBOX("kill -9 between last commit and file move", 0.01, PipelineUnderFire::killInbox),
    /** Delivery times out after 30 s. */
    PAUSE_BROKER_LONG(
            "broker stopped for 45 s, longer than delivery takes",
            0.007,
            fire -> fire.pauseBroker(Duration.ofSeconds(45)));

    private final String description;
    /** How often it happens for each kill of an app; the faults that kill apps add up to one. */
    private final double perKill;

    @SuppressWarnings("ImmutableEnumChecker") // method references without state
    private final Injection injection;

    private interface Injection {
        Duration on(PipelineUnderFire fire) throws Exception;
    }

    Fault(String description, double perKill, Injection injection) {
        this.description = description;
        this.perKill = perKill;
        this.injection = injection;
    }

    String description() {
        return description;
    }

    /** Makes it happen, and returns how long recovery took. */
    Duration inject(PipelineUnderFire fire) throws Exception {
        return injection.on(fire);
    }

    /**
     * All faults at least once, in an order that the seed decides.
     *
     * @param kills how often an app is killed, at least
     * @param brokerKills how often the broker is killed, at least once
     * @param withLongOnes also those that take a minute
     */
    static List<Fault> schedule(int kills, int brokerKills, long seed, boolean withLongOnes) {
        // -Dchaos.only=KILL_BROKER,ZOMBIE: for a closer look at some.
        List<String> only = Stream.of(System.getProperty("chaos.only", "").split(",", -1))
                .filter(name -> !name.isEmpty())
                .toList();
        List<Fault> schedule = new ArrayList<>();
        for (Fault fault : values()) {
            if (only.isEmpty() ? withLongOnes || fault != PAUSE_BROKER_LONG : only.contains(fault.name())) {
                double times = fault == KILL_BROKER ? brokerKills : Math.ceil(fault.perKill * kills);
                schedule.addAll(Collections.nCopies((int) Math.max(1, times), fault));
            }
        }
        Collections.shuffle(schedule, new Random(seed));
        return schedule;
    }
}
