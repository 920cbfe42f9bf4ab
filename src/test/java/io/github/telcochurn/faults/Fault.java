package io.github.telcochurn.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What can happen to the pipeline. */
enum Fault {
    KILL("kill -9 of a scorer at random", 0.1, PipelineUnderFire::killScorer),
    KILL_ALL("kill -9 of all scorers at once", 0.25, PipelineUnderFire::killAllScorers),
    KILL_AFTER_SEND("kill -9 of a scorer after a send", 0.1, fire -> fire.killScorerAt(FaultPoint.AFTER_SEND)),
    KILL_BEFORE_OFFSETS("… before the offsets", 0.1, fire -> fire.killScorerAt(FaultPoint.BEFORE_OFFSETS)),
    KILL_AFTER_OFFSETS("… after the offsets", 0.1, fire -> fire.killScorerAt(FaultPoint.AFTER_OFFSETS)),
    KILL_BEFORE_COMMIT("… before the commit", 0.1, fire -> fire.killScorerAt(FaultPoint.BEFORE_COMMIT)),
    KILL_AFTER_COMMIT("… after the commit", 0.1, fire -> fire.killScorerAt(FaultPoint.AFTER_COMMIT)),
    NO_MEMORY("a scorer out of memory", 0.02, PipelineUnderFire::exhaustScorer),
    FAIL_COMMIT("a commit that fails", 0.05, PipelineUnderFire::failCommit),
    TERMINATE("SIGTERM to a scorer in mid-batch", 0.05, PipelineUnderFire::terminateScorer),
    JOIN_AND_LEAVE("a scorer joins and leaves", 0.03, PipelineUnderFire::joinAndLeave),
    ZOMBIE("a scorer stopped past its session, then continued", 0.03, PipelineUnderFire::zombie),
    KILL_BROKER("kill -9 of the broker", 0.1, PipelineUnderFire::killBroker),
    RESTART_BROKER("clean restart of the broker", 0.03, PipelineUnderFire::restartBroker),
    PAUSE_BROKER("broker stopped for 15 s", 0.02, fire -> fire.pauseBroker(Duration.ofSeconds(15))),
    KILL_INGEST("kill -9 of an ingest, twice in a file", 0.04, PipelineUnderFire::killIngest),
    KILL_INBOX("kill -9 between last commit and file move", 0.02, PipelineUnderFire::killInbox),
    /** Delivery times out after 30 s. */
    PAUSE_BROKER_LONG(
            "broker stopped for 45 s, longer than delivery takes",
            0.02,
            fire -> fire.pauseBroker(Duration.ofSeconds(45)));

    private final String description;
    private final double perKill;

    @SuppressWarnings("ImmutableEnumChecker") // method references without state
    private final Strike strike;

    private interface Strike {
        Duration on(PipelineUnderFire fire) throws Exception;
    }

    Fault(String description, double perKill, Strike strike) {
        this.description = description;
        this.perKill = perKill;
        this.strike = strike;
    }

    String description() {
        return description;
    }

    /** Happens, and returns how long recovery took. */
    Duration strike(PipelineUnderFire fire) throws Exception {
        return strike.on(fire);
    }

    /**
     * All faults at least once, in an order of the seed's.
     *
     * @param kills about how often an app is killed
     * @param withLongOnes also those that take a minute
     */
    static List<Fault> schedule(int kills, long seed, boolean withLongOnes) {
        // -Dchaos.only=KILL_BROKER,ZOMBIE: for a closer look at some.
        List<String> only = Stream.of(System.getProperty("chaos.only", "").split(",", -1))
                .filter(name -> !name.isEmpty())
                .toList();
        List<Fault> schedule = new ArrayList<>();
        for (Fault fault : values()) {
            if (only.isEmpty() ? withLongOnes || fault != PAUSE_BROKER_LONG : only.contains(fault.name())) {
                schedule.addAll(Collections.nCopies((int) Math.max(1, Math.ceil(fault.perKill * kills)), fault));
            }
        }
        Collections.shuffle(schedule, new Random(seed));
        return schedule;
    }
}
