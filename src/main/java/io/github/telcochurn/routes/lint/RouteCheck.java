package io.github.telcochurn.routes.lint;

import io.github.telcochurn.routes.RouteSource;
import io.github.telcochurn.routes.Scope;

/** A group of rules. */
interface RouteCheck {
    /**
     * Finds where a source breaks them.
     *
     * @param scope what the source can name
     */
    void check(RouteSource source, Scope scope, Findings findings);
}
