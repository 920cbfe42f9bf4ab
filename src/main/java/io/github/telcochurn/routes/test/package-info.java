/** The tests of routes, written in YAML: input, replaced steps, and what is expected to come out. */
package io.github.telcochurn.routes.test;
