/** When batch runs are due: Quartz's store, in memory or in a database, and clocks that are set. */
package io.github.telcochurn.schedule;
