/** What stands beside the program for those who run it elsewhere: does it agree with the program? */
package io.github.telcochurn.deploy;
