/** YAML with the place of each value, and suggestions for misspelt names. */
package io.github.telcochurn.yaml;
