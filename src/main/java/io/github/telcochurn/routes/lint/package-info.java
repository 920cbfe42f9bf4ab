/** What is wrong with the YAML of routes: one small class per check. */
package io.github.telcochurn.routes.lint;
