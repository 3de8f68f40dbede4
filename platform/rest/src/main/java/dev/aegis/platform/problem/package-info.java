/** Errors, all in one form: problem details as of RFC 9457. */
@NullMarked
package dev.aegis.platform.problem;

import org.jspecify.annotations.NullMarked;
