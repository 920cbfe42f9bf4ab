/** The journal of batch runs: the state of each run and of its steps, on disk. */
package io.github.telcochurn.batch.journal;
