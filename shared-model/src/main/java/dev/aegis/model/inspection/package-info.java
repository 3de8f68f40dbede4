/** The inspections of shields: what was asked for, by whom, and how it ended. */
@NullMarked
package dev.aegis.model.inspection;

import org.jspecify.annotations.NullMarked;
