/** How well a column alone predicts the label, and when that is too well to be true. */
package io.github.telcochurn.leaks;
