/** What calling a customer is worth: expected values, whom not to call for comparison, and what the calls really brought. */
package io.github.telcochurn.value;
