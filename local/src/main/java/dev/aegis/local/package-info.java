/** The whole system on one machine, without Docker. */
@NullMarked
package dev.aegis.local;

import org.jspecify.annotations.NullMarked;
