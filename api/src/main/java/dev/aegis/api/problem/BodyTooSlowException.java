package dev.aegis.api.problem;

import java.time.Duration;
import java.util.Locale;

/** The body did not come to its end in the time that the api waits for it. */
final class BodyTooSlowException extends Exception {
    private static final long serialVersionUID = 1L;

    BodyTooSlowException(Duration limit) {
        super(String.format(Locale.ROOT, "The body did not come to its end in %d ms", limit.toMillis()));
    }
}
