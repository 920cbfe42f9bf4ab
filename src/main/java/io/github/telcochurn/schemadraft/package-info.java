/** A draft of a schema file from any telco's CSV: the types of its columns, and those that give the label away. */
package io.github.telcochurn.schemadraft;
