/** The way of a message from an emitter into its queue, inside the caller's transaction or alone. */
@NullMarked
package dev.aegis.messaging.internal.send;

import org.jspecify.annotations.NullMarked;
