package dev.aegis.platform.idempotency;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;

/** Takes the digest of a body while it is read, if the request has a key. */
@Provider
class BodyDigest implements ReaderInterceptor {
    private final HttpHeaders headers;
    private final RequestBody body;

    BodyDigest(HttpHeaders headers, RequestBody body) {
        this.headers = headers;
        this.body = body;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (headers.getHeaderString(IdempotencyKey.HEADER) != null) {
            context.setInputStream(body.digesting(context.getInputStream()));
        }
        return context.proceed();
    }
}
