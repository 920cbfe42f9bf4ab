/** Typed configuration: read once and checked as a whole, with all problems reported at once. */
package io.github.telcochurn.config;
