/** The customer: its columns, its validator, its JSON form. Independent of Camel and Kafka. */
package io.github.telcochurn.customer;
