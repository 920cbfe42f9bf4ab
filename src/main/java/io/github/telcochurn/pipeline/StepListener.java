package io.github.telcochurn.pipeline;

/** Is notified of the steps of an exchange that carries it in the variable {@link StepEvents#VARIABLE}. */
public interface StepListener {
    void stepStarted(String step);

    /** A node of the current step failed, and is retried. */
    void stepRetried(Throwable cause);

    void stepDone(String step);
}
