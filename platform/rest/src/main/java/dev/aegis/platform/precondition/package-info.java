/** Entity tags, and requests that are made on condition that a resource has not changed. */
@NullMarked
package dev.aegis.platform.precondition;

import org.jspecify.annotations.NullMarked;
