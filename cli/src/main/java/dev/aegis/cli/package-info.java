/** The commands of {@code ./aegis}. */
@NullMarked
package dev.aegis.cli;

import org.jspecify.annotations.NullMarked;
