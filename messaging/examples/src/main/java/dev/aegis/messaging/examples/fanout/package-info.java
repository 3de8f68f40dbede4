/** Each queue that subscribes to a topic gets a copy. */
@NullMarked
package dev.aegis.messaging.examples.fanout;

import org.jspecify.annotations.NullMarked;
