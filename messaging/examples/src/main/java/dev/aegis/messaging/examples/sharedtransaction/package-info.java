/** Calls for single messages that share a transaction. */
@NullMarked
package dev.aegis.messaging.examples.sharedtransaction;

import org.jspecify.annotations.NullMarked;
