/** Requests that are safe to retry: {@link dev.aegis.platform.idempotency.Idempotent} is all that a resource needs. */
@NullMarked
package dev.aegis.platform.idempotency;

import org.jspecify.annotations.NullMarked;
