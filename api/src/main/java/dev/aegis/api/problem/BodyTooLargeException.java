package dev.aegis.api.problem;

import java.io.IOException;
import java.util.Locale;

/** The body is longer than the api takes. An IOException, because Jackson lets no other through as it is. */
final class BodyTooLargeException extends IOException {
    BodyTooLargeException(long limit) {
        super(String.format(Locale.ROOT, "The body is longer than %d bytes", limit));
    }
}
