/** Requests that are safe to repeat: {@link dev.aegis.api.idempotency.Idempotent} is all that a resource needs. */
@NullMarked
package dev.aegis.api.idempotency;

import org.jspecify.annotations.NullMarked;
