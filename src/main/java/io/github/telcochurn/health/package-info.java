/** The health of scoring. */
package io.github.telcochurn.health;
