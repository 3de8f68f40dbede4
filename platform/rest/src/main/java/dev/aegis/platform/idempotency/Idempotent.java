package dev.aegis.platform.idempotency;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Makes a method of a resource accept the header {@code Idempotency-Key} of the IETF draft {@code
 * httpapi-idempotency-key-header}. The method returns a {@link org.jboss.resteasy.reactive.RestResponse}.
 *
 * <p>With a key, the method runs in a transaction that also stores its response under that key: both are committed, or
 * neither. What the method does in transactions of its own is not part of that. A retry gets the stored status, headers and
 * body, and the method is not called. The same key with another method, path, query or body gets a 422; a retry while the
 * first request is in progress gets a 409 at once. A request that fails, with an exception or a response of 400 or more, stores
 * nothing, so that a retry calls the method. Such a response rolls nothing back, as without a key.
 *
 * <p>The method is called again if its transaction ends in a serialization failure or a deadlock. Without a key it is called
 * as if the annotation were not there.
 */
@InterceptorBinding
@Target({METHOD, TYPE})
@Retention(RUNTIME)
public @interface Idempotent {}
