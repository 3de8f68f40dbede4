/** Looking at queues and steering them, from an application; and what a process does beside handling messages. */
@NullMarked
package dev.aegis.messaging.admin;

import org.jspecify.annotations.NullMarked;
