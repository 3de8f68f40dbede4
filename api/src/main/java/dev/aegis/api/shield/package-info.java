/** The shields, as clients see them. */
@NullMarked
package dev.aegis.api.shield;

import org.jspecify.annotations.NullMarked;
