/** A failure strategy of the application's own. */
@NullMarked
package dev.aegis.messaging.examples.failurestrategy;

import org.jspecify.annotations.NullMarked;
