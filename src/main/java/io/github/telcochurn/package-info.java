/** The program: its entry point, its wiring, and the two ways in which it tells a user that something cannot be done. */
package io.github.telcochurn;
