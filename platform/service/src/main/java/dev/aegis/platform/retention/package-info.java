/** Deletes expired rows. */
@NullMarked
package dev.aegis.platform.retention;

import org.jspecify.annotations.NullMarked;
