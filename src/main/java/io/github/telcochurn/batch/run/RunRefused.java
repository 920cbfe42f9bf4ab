package io.github.telcochurn.batch.run;

import io.github.telcochurn.ChurnFailure;

/** What is asked cannot be done, and trying again would not help. */
public final class RunRefused extends ChurnFailure {
    RunRefused(String message) {
        super(message);
    }
}
