package io.github.telcochurn.scoring;

/**
 * The model that a running scorer uses, which may be another one from one poll to the next. Safe for use by several threads.
 */
public final class ServingModel {
    private volatile ChurnModel current;
    private volatile String refusal;
    private volatile Runnable lookForChampion = () -> {};

    private final Shadow shadow;

    /** Begins with a model that was checked. */
    public ServingModel(ChurnModel first) {
        this(first, Shadow.none());
    }

    /** Begins with a model that was checked, and has another one score beside it. */
    public ServingModel(ChurnModel first, Shadow shadow) {
        this.current = first;
        this.shadow = shadow;
    }

    /** What scores beside the model, without changing what comes out. */
    public Shadow shadow() {
        return shadow;
    }

    /** Registers the check for another champion. */
    void isRefreshedBy(Runnable look) {
        lookForChampion = look;
    }

    /**
     * What scores now, after a look at whether another champion was promoted: of records whose partition was another scorer's, which may
     * have taken that one over already. Without this, the versions of a partition could go back by one for a moment.
     */
    ChurnModel refreshed() {
        lookForChampion.run();
        return current;
    }

    /** What scores now. Who scores a poll asks once, and keeps to the answer until the poll's end. */
    public ChurnModel current() {
        return current;
    }

    /** Has the next polls scored by another model, which was checked. */
    public void serve(ChurnModel next) {
        current = next;
        refusal = null;
    }

    /** Notes why the champion on disk does not score. */
    void refused(String why) {
        refusal = why;
    }

    /** Takes that back: the champion on disk is the one that scores. */
    void accepted() {
        refusal = null;
    }

    /** Why the champion on disk does not score; null when nothing was refused. */
    public String refusal() {
        return refusal;
    }
}
