/** The pipeline's test of itself, on its own topics: compares what comes out with what went in. */
package io.github.telcochurn.selftest;
