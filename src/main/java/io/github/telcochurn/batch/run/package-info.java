/** Batch runs: when one may begin, its steps, their state, and its report. */
package io.github.telcochurn.batch.run;
