/** Carries out the inspections that were requested. */
@NullMarked
package dev.aegis.worker.inspection;

import org.jspecify.annotations.NullMarked;
