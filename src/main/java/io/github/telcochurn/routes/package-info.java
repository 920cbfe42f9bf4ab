/** The YAML files of the routes: which are in effect, and what they contain. */
package io.github.telcochurn.routes;
