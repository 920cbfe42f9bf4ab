package io.github.telcochurn.training;

import io.github.telcochurn.ChurnFailure;

/** Columns that a model would see give the label away, so that nothing worth having can be trained. */
public final class LeakFound extends ChurnFailure {
    LeakFound(String message) {
        super(message);
    }
}
