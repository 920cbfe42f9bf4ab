package io.github.telcochurn.faults;

import java.util.List;

/**
 * The result of a run of the pipeline under faults.
 *
 * @param messages raw records
 * @param predictions of them
 * @param deadLetters of them
 * @param lost raw records with neither prediction nor dead letter
 * @param duplicates predictions and dead letters beyond the first of a raw record
 * @param problems all that is wrong, those two included; empty when all is well
 */
record Verdict(long messages, long predictions, long deadLetters, long lost, long duplicates, List<String> problems) {}
