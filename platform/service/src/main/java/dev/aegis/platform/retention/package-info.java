/** Removes rows that are kept no longer. */
@NullMarked
package dev.aegis.platform.retention;

import org.jspecify.annotations.NullMarked;
