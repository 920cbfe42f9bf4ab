/** Files: locks between processes, files that appear whole or not at all, text that is really UTF-8. */
package io.github.telcochurn.files;
