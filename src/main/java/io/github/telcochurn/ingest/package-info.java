/** From a CSV file to raw messages: reading, framing, checkpoints. Independent of Camel. */
package io.github.telcochurn.ingest;
