package io.github.telcochurn.prerequisites;

/** A condition that must hold before work starts. */
public interface Prerequisite {
    /** What it checks, in a word or two. */
    String name();

    /**
     * Checks it.
     *
     * @return what was found
     * @throws RuntimeException with a message that says what is missing and what to do
     */
    String check();
}
