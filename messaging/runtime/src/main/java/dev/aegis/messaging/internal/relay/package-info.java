/** Passes the messages of a queue on to another broker: the tables are the outbox of it. */
@NullMarked
package dev.aegis.messaging.internal.relay;

import org.jspecify.annotations.NullMarked;
