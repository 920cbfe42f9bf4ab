/** A batch run: its steps and their state, its journal, and when it may begin. */
package io.github.telcochurn.batch.run;
