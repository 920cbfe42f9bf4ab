/** The notifications of a batch run: who was notified, and what could not be delivered. */
package io.github.telcochurn.notification;
