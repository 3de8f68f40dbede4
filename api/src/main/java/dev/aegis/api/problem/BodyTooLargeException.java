package dev.aegis.api.problem;

import java.io.IOException;

/** The body is longer than the api takes. An IOException, because Jackson lets no other through as it is. */
final class BodyTooLargeException extends IOException {
    BodyTooLargeException(long limit) {
        super("The body is longer than %d bytes".formatted(limit));
    }
}
