/** The presence of this process at the broker: its registration, its heartbeat, and the notifications it hears. */
@NullMarked
package dev.aegis.messaging.internal.consumer;

import org.jspecify.annotations.NullMarked;
