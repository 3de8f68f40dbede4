/** Messages of a key are handled one at a time, in the order of sending. */
@NullMarked
package dev.aegis.messaging.examples.ordering;

import org.jspecify.annotations.NullMarked;
