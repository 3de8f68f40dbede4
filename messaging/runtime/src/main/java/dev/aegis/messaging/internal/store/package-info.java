/** The SQL of the broker: what is written to and read from schema {@code messaging}. */
@NullMarked
package dev.aegis.messaging.internal.store;

import org.jspecify.annotations.NullMarked;
