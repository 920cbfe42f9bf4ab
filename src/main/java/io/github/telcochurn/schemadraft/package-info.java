/** A draft of a schema file from any telco's CSV: what its columns are, and which of them give the label away. */
package io.github.telcochurn.schemadraft;
