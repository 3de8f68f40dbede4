/** The reports on the armoury. */
@NullMarked
package dev.aegis.api.report;

import org.jspecify.annotations.NullMarked;
