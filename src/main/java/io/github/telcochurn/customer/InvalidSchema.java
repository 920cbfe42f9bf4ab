package io.github.telcochurn.customer;

import java.util.List;

/** A schema file that cannot be used, with every problem that it has. */
public final class InvalidSchema extends RuntimeException {
    private final transient List<String> problems;

    /**
     * One exception for all problems.
     *
     * @param problems each as {@code file(line,column): what is wrong, and what to do}
     */
    public InvalidSchema(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
