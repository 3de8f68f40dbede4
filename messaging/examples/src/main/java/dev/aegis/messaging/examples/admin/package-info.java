/** Looking at queues, and pausing them in the whole cluster. */
@NullMarked
package dev.aegis.messaging.examples.admin;

import org.jspecify.annotations.NullMarked;
