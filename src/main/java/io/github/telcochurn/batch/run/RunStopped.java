package io.github.telcochurn.batch.run;

import io.github.telcochurn.ChurnFailure;

/** The program is to end: the run stays as it is, and can be resumed. */
public final class RunStopped extends ChurnFailure {
    RunStopped(String runId) {
        super("The batch run " + runId + " was stopped before its end. Resume it with ./churn batch --resume " + runId
                + ".");
    }
}
