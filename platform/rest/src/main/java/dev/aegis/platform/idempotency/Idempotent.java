package dev.aegis.platform.idempotency;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Makes a method of a resource understand the header {@code Idempotency-Key}, as the IETF draft {@code
 * httpapi-idempotency-key-header} describes it. The method answers with a {@link
 * org.jboss.resteasy.reactive.RestResponse}.
 *
 * <p>With a key, the method runs in a transaction in which its answer is stored under that key: both are committed, or
 * neither. What the method does in transactions of its own is not part of that. A repeat is answered with the stored status,
 * headers and body, and the method is not called. The same key with another method, path, query or body is a 422; a repeat
 * while the first request is under way is a 409, at once. A request that fails stores nothing, so its repeat runs anew:
 * be it by an exception or by an answer of 400 or more. Such an answer rolls nothing back, as without a key.
 *
 * <p>The method is called again if its transaction ends in a serialization failure or a deadlock. Without a key it is called
 * as if the annotation were not there.
 */
@InterceptorBinding
@Target({METHOD, TYPE})
@Retention(RUNTIME)
public @interface Idempotent {}
