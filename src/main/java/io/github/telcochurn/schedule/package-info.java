/** When batch runs are due: Quartz's store, in memory or in a database, and changes of the system's clock. */
package io.github.telcochurn.schedule;
