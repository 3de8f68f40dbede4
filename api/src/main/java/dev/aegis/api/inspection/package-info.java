/** The REST resources of the inspections: requesting them, and following them to their outcome. */
@NullMarked
package dev.aegis.api.inspection;

import org.jspecify.annotations.NullMarked;
