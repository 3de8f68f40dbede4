/** Messages that are handled before others. */
@NullMarked
package dev.aegis.messaging.examples.priority;

import org.jspecify.annotations.NullMarked;
