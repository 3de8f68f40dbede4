/** Entity tags and conditional requests. */
@NullMarked
package dev.aegis.platform.precondition;

import org.jspecify.annotations.NullMarked;
