/** The customer: its columns, its validator, its JSON form. Knows nothing of Camel or Kafka. */
package io.github.telcochurn.customer;
