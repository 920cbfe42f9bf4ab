/** Runs the YAML routes: starts Camel with the beans they name, and waits for what they do. */
package io.github.telcochurn.pipeline;
