/** Messages that are handled later, or not after a while. */
@NullMarked
package dev.aegis.messaging.examples.delay;

import org.jspecify.annotations.NullMarked;
