package dev.aegis.api.problem;

import java.util.Locale;

/** The body is longer than the api takes. */
final class BodyTooLargeException extends Exception {
    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long limit) {
        super(String.format(Locale.ROOT, "The body is longer than %d bytes", limit));
    }
}
