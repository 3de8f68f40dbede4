/** The periodic summaries of the armoury. */
@NullMarked
package dev.aegis.model.report;

import org.jspecify.annotations.NullMarked;
