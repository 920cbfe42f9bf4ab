/** The program: its entry point, its wiring, and the two exceptions that tell a user why something cannot be done. */
package io.github.telcochurn;
