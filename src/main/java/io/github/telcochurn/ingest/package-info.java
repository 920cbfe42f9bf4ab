/** From a CSV file to raw messages: reading, framing, checkpoints. Knows nothing of Camel. */
package io.github.telcochurn.ingest;
