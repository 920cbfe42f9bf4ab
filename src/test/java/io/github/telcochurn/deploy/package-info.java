/** Whether the files for deploying the program agree with the program. */
package io.github.telcochurn.deploy;
