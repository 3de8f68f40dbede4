/** The worker service. */
@NullMarked
package dev.aegis.worker;

import org.jspecify.annotations.NullMarked;
