/** The service: continuous scoring, its rehearsal, and what runs beside it. */
package io.github.telcochurn.streaming;
