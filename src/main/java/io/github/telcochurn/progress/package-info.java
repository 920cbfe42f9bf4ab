/** The progress of ingest and scoring: counts, rates and latencies, for the terminal and for the summary. */
package io.github.telcochurn.progress;
