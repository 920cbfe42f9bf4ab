/** Typed configuration: read once, checked whole, every problem reported at once. */
package io.github.telcochurn.config;
