/** The service: scoring without an end, its rehearsal, and what it does beside it. */
package io.github.telcochurn.streaming;
