/** Kafka itself: the embedded broker, the topics, and the clients that make one poll one transaction. */
package io.github.telcochurn.kafka;
