/** Files: locks between processes, atomic changes, and text that is checked to be UTF-8. */
package io.github.telcochurn.files;
