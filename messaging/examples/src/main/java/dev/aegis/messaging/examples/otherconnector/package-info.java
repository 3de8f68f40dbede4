/** A channel of another connector beside those of this one. */
@NullMarked
package dev.aegis.messaging.examples.otherconnector;

import org.jspecify.annotations.NullMarked;
