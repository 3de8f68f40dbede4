/** Takes inspections from the request to the outcome. */
@NullMarked
package dev.aegis.worker.inspection;

import org.jspecify.annotations.NullMarked;
