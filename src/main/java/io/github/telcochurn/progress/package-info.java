/** What was ingested and scored so far: counts, rates and latencies, for the terminal and for the summary. */
package io.github.telcochurn.progress;
