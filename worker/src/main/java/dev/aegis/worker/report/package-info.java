/** Writes the reports on the armoury. */
@NullMarked
package dev.aegis.worker.report;

import org.jspecify.annotations.NullMarked;
