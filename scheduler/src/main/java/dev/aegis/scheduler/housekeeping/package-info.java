/** Asks for the removal of old history. */
@NullMarked
package dev.aegis.scheduler.housekeeping;

import org.jspecify.annotations.NullMarked;
