/** The YAML files of the routes: which are in effect, and what stands in them. */
package io.github.telcochurn.routes;
