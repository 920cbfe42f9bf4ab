/** Runs the YAML routes: starts Camel with the beans they name, loads the user's own routes, and reloads them. */
package io.github.telcochurn.pipeline;
