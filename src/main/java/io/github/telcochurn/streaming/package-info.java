/** Scoring without an end: its rehearsal, its health, and the supervision that brings it back. */
package io.github.telcochurn.streaming;
