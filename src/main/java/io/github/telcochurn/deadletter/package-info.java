/** Dead letters: the original bytes of what could not be used, with the error in headers under Kafka Connect's names. */
package io.github.telcochurn.deadletter;
