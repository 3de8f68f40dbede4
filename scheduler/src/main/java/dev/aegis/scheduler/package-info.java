/** The scheduler service. */
@NullMarked
package dev.aegis.scheduler;

import org.jspecify.annotations.NullMarked;
