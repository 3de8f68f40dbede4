/** A message is sent if the transaction of its sender commits, and only then. */
@NullMarked
package dev.aegis.messaging.examples.sending;

import org.jspecify.annotations.NullMarked;
