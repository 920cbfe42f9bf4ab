/** Whether scoring is well. */
package io.github.telcochurn.health;
