/** Deletes expired rows. */
@NullMarked
package dev.aegis.worker.housekeeping;

import org.jspecify.annotations.NullMarked;
