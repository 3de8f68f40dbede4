/** Asks for the inspection of the shields that are overdue. */
@NullMarked
package dev.aegis.scheduler.inspection;

import org.jspecify.annotations.NullMarked;
