/** A handler without a transaction, which may be called again for the same message. */
@NullMarked
package dev.aegis.messaging.examples.atleastonce;

import org.jspecify.annotations.NullMarked;
