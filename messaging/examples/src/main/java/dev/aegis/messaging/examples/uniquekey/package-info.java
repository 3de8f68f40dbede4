/** At most one message of a key waits. */
@NullMarked
package dev.aegis.messaging.examples.uniquekey;

import org.jspecify.annotations.NullMarked;
