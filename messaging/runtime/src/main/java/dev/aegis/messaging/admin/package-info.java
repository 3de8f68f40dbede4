/** Inspecting and controlling queues and dead letters from an application. */
@NullMarked
package dev.aegis.messaging.admin;

import org.jspecify.annotations.NullMarked;
