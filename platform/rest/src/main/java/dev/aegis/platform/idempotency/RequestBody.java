package dev.aegis.platform.idempotency;

import jakarta.enterprise.context.RequestScoped;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/** What is known of the body of the request: its digest, as far as the resource has read it. */
@RequestScoped
class RequestBody {
    private final MessageDigest digest = Digests.sha256();

    InputStream digesting(InputStream body) {
        return new DigestInputStream(body, digest);
    }

    /** Can be asked for once, when the body is read. */
    byte[] digest() {
        return digest.digest();
    }
}
