/** Sending by the tables to a broker of another kind. */
@NullMarked
package dev.aegis.messaging.examples.relay;

import org.jspecify.annotations.NullMarked;
