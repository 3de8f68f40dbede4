/** The shields of the armoury. */
@NullMarked
package dev.aegis.model.shield;

import org.jspecify.annotations.NullMarked;
