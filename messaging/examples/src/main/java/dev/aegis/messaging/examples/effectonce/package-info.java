/** A handler whose writes and whose acknowledgement are one transaction. */
@NullMarked
package dev.aegis.messaging.examples.effectonce;

import org.jspecify.annotations.NullMarked;
