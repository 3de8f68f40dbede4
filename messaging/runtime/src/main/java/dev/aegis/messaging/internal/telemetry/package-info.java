/** What an operator sees of the messages: metrics and traces. */
@NullMarked
package dev.aegis.messaging.internal.telemetry;

import org.jspecify.annotations.NullMarked;
