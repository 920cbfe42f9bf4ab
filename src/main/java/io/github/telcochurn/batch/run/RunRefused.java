package io.github.telcochurn.batch.run;

import io.github.telcochurn.ChurnFailure;

/** The requested run is not possible, and trying again would not help. */
public final class RunRefused extends ChurnFailure {
    RunRefused(String message) {
        super(message);
    }
}
