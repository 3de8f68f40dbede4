/** Retries with a growing pause, dead letters, and sending them again. */
@NullMarked
package dev.aegis.messaging.examples.retry;

import org.jspecify.annotations.NullMarked;
