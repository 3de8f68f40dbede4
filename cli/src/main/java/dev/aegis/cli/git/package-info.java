/** Git, and what is read from it and written to it. */
@NullMarked
package dev.aegis.cli.git;

import org.jspecify.annotations.NullMarked;
