package io.github.telcochurn.batch.figures;

import java.util.List;
import java.util.Map;

/**
 * The dead letters of a run.
 *
 * @param deadLettersByReason of rows and messages, most frequent first
 * @param firstDeadLetters at most twenty
 */
public record DeadLetterFigures(Map<String, Long> deadLettersByReason, List<DeadLetterTally.Letter> firstDeadLetters) {}
