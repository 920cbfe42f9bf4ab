/** The pipeline's test of itself, on topics of its own: what comes out is held against what went in. */
package io.github.telcochurn.selftest;
