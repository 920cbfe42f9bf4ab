/** The YAML files of the routes: which are in effect, and what is wrong with them. */
package io.github.telcochurn.routes;
