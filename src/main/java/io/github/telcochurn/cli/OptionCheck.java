package io.github.telcochurn.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Refuses options that do not go together or are out of range, as bad usage of a command. */
record OptionCheck(CommandLine command) {
    /**
     * Refuses an option of one mode in the other mode.
     *
     * @param value null when the option was not given
     * @param inMode whether the command is in that mode
     */
    void onlyInMode(String name, Object value, boolean inMode) {
        if (value != null && !inMode) {
            throw new ParameterException(command, name + " cannot be used with this --mode");
        }
    }

    /**
     * Requires a number of at least 1.
     *
     * @param value null when the option was not given
     */
    void oneOrMore(String name, Long value) {
        if (value != null && value < 1) {
            throw new ParameterException(command, name + " must be 1 or more, but is " + value);
        }
    }

    /**
     * Requires a number from 1 to a maximum.
     *
     * @param value null when the option was not given
     */
    void oneTo(String name, Long value, long max) {
        if (value != null && (value < 1 || value > max)) {
            throw new ParameterException(command, name + " must be 1 to " + max + ", but is " + value);
        }
    }
}
