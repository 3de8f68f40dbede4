/** Asks for the report on the armoury. */
@NullMarked
package dev.aegis.scheduler.report;

import org.jspecify.annotations.NullMarked;
