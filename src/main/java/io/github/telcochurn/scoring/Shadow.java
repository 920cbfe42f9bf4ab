package io.github.telcochurn.scoring;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model that scores beside the champion, to be compared with it. It has no part in what comes out: whatever it does or fails to do,
 * the predictions are the same, and it takes no more than a bounded part of a scorer's time. Safe for use by several threads.
 */
public final class Shadow {
    private static final Logger LOG = LoggerFactory.getLogger(Shadow.class);
    /**
     * Of the time that the champion's scorer spends, so that at most 23 % of its speed is lost. A shadow that needs more passes over
     * some polls.
     */
    private static final double MOST_TIME = 0.3;

    private static final long LOG_EVERY_NS = TimeUnit.MINUTES.toNanos(5);

    private final String version;
    private final ChurnConfig.Score settings;
    private final LongSupplier nanoTime;
    /** Null when there is none, or it cannot be used. */
    private volatile ChurnModel model;

    private volatile String problem;

    /** Whom the shadow is compared with; all figures begin anew with another one. */
    private String champion = "";

    private ScoreShift.Tally tally;
    private long passedOver;
    private long championNs;
    private long shadowNs;
    private long loggedNs;
    private boolean isWarned;

    private Shadow(String version, ChurnConfig.Score settings, LongSupplier nanoTime) {
        this.version = version;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.tally = settings == null ? null : new ScoreShift.Tally(settings);
        this.loggedNs = nanoTime.getAsLong();
    }

    /** No shadow. */
    public static Shadow none() {
        return new Shadow("", null, System::nanoTime);
    }

    /** The one that {@code churn.model.shadow} names. One that cannot be used has a {@link #problem}, of which a scorer warns once. */
    public static Shadow of(ChurnConfig config) {
        return of(ModelFolder.of(config), config.model().shadow(), config.score(), System::nanoTime);
    }

    /**
     * A version of a folder.
     *
     * @param version empty for none
     * @param nanoTime as {@link System#nanoTime}
     */
    static Shadow of(ModelFolder folder, String version, ChurnConfig.Score settings, LongSupplier nanoTime) {
        Shadow shadow = new Shadow(version, settings, nanoTime);
        if (!version.isEmpty()) {
            try {
                shadow.model = folder.loadForPromotion(version);
            } catch (RuntimeException | LinkageError e) {
                shadow.failed(ChurnFailure.userMessage(e));
            }
        }
        return shadow;
    }

    private void failed(String why) {
        model = null;
        problem =
                "The shadow " + version + " (churn.model.shadow) is not used: " + why + " The champion scores as ever.";
    }

    private synchronized void warnOnce() {
        if (problem != null && !isWarned) {
            isWarned = true;
            LOG.warn("{}", problem);
        }
    }

    /** Its version; empty for none. */
    public String version() {
        return version;
    }

    /** Whether it scores. */
    public boolean isActive() {
        return model != null;
    }

    /** Why it does not score, though there should be one; null when all is well. */
    public String problem() {
        return problem;
    }

    /**
     * The probability of churn of one customer.
     *
     * @return 0 to 1; NaN when there is no shadow, or it fails
     */
    public double probability(Customer customer) {
        ChurnModel scoring = model;
        if (scoring == null) {
            return Double.NaN;
        }
        try {
            return scoring.churnProbabilities(List.of(customer))[0];
        } catch (RuntimeException e) {
            failed("it fails for a customer: " + ChurnFailure.userMessage(e));
            return Double.NaN;
        }
    }

    /** The time, for {@link #follow}. */
    long now() {
        return nanoTime.getAsLong();
    }

    /**
     * Scores a poll after the champion, and counts how they differ.
     *
     * @param by the version of the champion
     * @param assessed what it said of the customers, in their order
     * @param beganNs when its work on the poll began, by {@link #now}
     */
    void follow(String by, List<Customer> customers, List<Assessor.Assessment> assessed, long beganNs) {
        ChurnModel scoring = model;
        if (scoring == null) {
            warnOnce();
            return;
        }
        if (!isAffordable(by, customers.size(), beganNs)) {
            return;
        }
        long began = now();
        try {
            double[] probabilities = scoring.churnProbabilities(customers);
            count(by, assessed, probabilities, began);
        } catch (RuntimeException e) {
            failed("it fails for a poll: " + ChurnFailure.userMessage(e));
            warnOnce();
        }
    }

    private synchronized boolean isAffordable(String by, int customers, long beganNs) {
        if (!by.equals(champion)) {
            champion = by;
            tally = new ScoreShift.Tally(settings);
            passedOver = 0;
        }
        championNs += now() - beganNs;
        boolean isAffordable = shadowNs <= MOST_TIME * championNs;
        passedOver += isAffordable ? 0 : customers;
        return isAffordable;
    }

    private synchronized void count(
            String by, List<Assessor.Assessment> assessed, double[] probabilities, long beganNs) {
        if (by.equals(champion)) {
            for (int i = 0; i < probabilities.length; i++) {
                tally.add(assessed.get(i).probability(), probabilities[i]);
            }
        }
        long now = now();
        shadowNs += now - beganNs;
        if (now - loggedNs > LOG_EVERY_NS) {
            loggedNs = now;
            LOG.info("{}", summary());
        }
    }

    /** How it differs from the champion, over the customers that it has scored since that one scores. */
    synchronized ScoreShift shift() {
        return tally.build();
    }

    /** How many customers of the same time it has passed over, because it would have cost too much of the scorer's speed. */
    synchronized long passedOver() {
        return passedOver;
    }

    /** The same in words, for people; empty for no shadow. */
    public synchronized String summary() {
        if (version.isEmpty()) {
            return "";
        }
        if (model == null) {
            return problem;
        }
        ScoreShift found = shift();
        if (found.customers() == 0) {
            return "The shadow " + version + " has scored nobody yet.";
        }
        return String.format(
                Locale.ROOT,
                "The shadow %s has scored %,d customers of %s (and passed over %,d): the same risk tier for %.1f %%, the same"
                        + " prediction for %.1f %%, probabilities %.4f %s on average, PSI %.3f.",
                version,
                found.customers(),
                champion,
                passedOver,
                100 * found.tierAgreement(),
                100 * found.predictionAgreement(),
                Math.abs(found.meanShift()),
                found.meanShift() < 0 ? "lower" : "higher",
                found.psi());
    }
}
