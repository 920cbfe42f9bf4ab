/** The conditions that must hold before work starts: one small class per check, each with its remedy. */
package io.github.telcochurn.prerequisites;
