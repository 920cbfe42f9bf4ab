/** YAML with the place of each value, and suggestions for what was misspelt. */
package io.github.telcochurn.yaml;
