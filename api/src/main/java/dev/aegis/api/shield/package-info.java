/** The REST resource of the shields. */
@NullMarked
package dev.aegis.api.shield;

import org.jspecify.annotations.NullMarked;
