/** The command line: one class per command. */
package io.github.telcochurn.cli;
