/** All errors as problem details (RFC 9457). */
@NullMarked
package dev.aegis.platform.problem;

import org.jspecify.annotations.NullMarked;
