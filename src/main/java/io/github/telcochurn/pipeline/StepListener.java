package io.github.telcochurn.pipeline;

/** Hears of the steps of an exchange that carries it in the variable {@link StepEvents#VARIABLE}. */
public interface StepListener {
    void stepStarted(String step);

    /** A node of the step that is under way failed, and is tried again. */
    void stepRetried(Throwable cause);

    void stepDone(String step);
}
