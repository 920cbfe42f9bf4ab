/** Trains the champion from a labelled CSV file, and measures it. */
package io.github.telcochurn.training;
