package io.github.telcochurn.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Refuses options that do not fit the others, as bad usage of a command. */
record OptionCheck(CommandLine command) {
    /**
     * An option of one mode only.
     *
     * @param value null when the option was not given
     * @param inMode whether the command is in that mode
     */
    void belongs(String name, Object value, boolean inMode) {
        if (value != null && !inMode) {
            throw new ParameterException(command, name + " does not go with this --mode");
        }
    }

    /**
     * A number from 1 on.
     *
     * @param value null when the option was not given
     */
    void oneOrMore(String name, Long value) {
        if (value != null && value < 1) {
            throw new ParameterException(command, name + " must be 1 or more, but is " + value);
        }
    }

    /**
     * A number from 1 to a bound.
     *
     * @param value null when the option was not given
     */
    void oneTo(String name, Long value, long most) {
        if (value != null && (value < 1 || value > most)) {
            throw new ParameterException(command, name + " must be 1 to " + most + ", but is " + value);
        }
    }
}
