package io.github.telcochurn.prerequisites;

/** Something that must be there before work starts. */
public interface Prerequisite {
    /** What it is about, in a word or two. */
    String name();

    /**
     * Looks.
     *
     * @return what was found
     * @throws RuntimeException with a message that says what is missing and what to do
     */
    String check();
}
