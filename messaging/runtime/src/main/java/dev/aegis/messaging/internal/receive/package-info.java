/** The way of a message from its queue into a handler, and of the acknowledgement into the handler's transaction. */
@NullMarked
package dev.aegis.messaging.internal.receive;

import org.jspecify.annotations.NullMarked;
