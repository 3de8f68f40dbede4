/** What a process does beside handling messages: removing what is old, and measuring queues. */
@NullMarked
package dev.aegis.messaging.internal.admin;

import org.jspecify.annotations.NullMarked;
