/** An application that is killed, paused and cut off while it handles messages. */
@NullMarked
package dev.aegis.bench.soak;

import org.jspecify.annotations.NullMarked;
