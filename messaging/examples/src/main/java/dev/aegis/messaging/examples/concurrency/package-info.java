/** How many messages are handled at a time. */
@NullMarked
package dev.aegis.messaging.examples.concurrency;

import org.jspecify.annotations.NullMarked;
