/** The removal of what is no longer needed. */
@NullMarked
package dev.aegis.model.housekeeping;

import org.jspecify.annotations.NullMarked;
