package dev.aegis.platform.problem;

import java.time.Duration;
import java.util.Locale;

/** The body is not read to its end: it is too long, too slow, or one too many. The message is for the client. */
final class RefusedBodyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    private RefusedBodyException(int status, String message) {
        super(message);
        this.status = status;
    }

    static RefusedBodyException tooLong(long limit) {
        return new RefusedBodyException(413, String.format(Locale.ROOT, "The body is longer than %d bytes", limit));
    }

    static RefusedBodyException tooSlow(Duration limit) {
        return new RefusedBodyException(
                408, String.format(Locale.ROOT, "The body did not come to its end in %d ms", limit.toMillis()));
    }

    static RefusedBodyException tooMany() {
        return new RefusedBodyException(
                503, "There are too many requests with long bodies at the moment; try again soon");
    }

    int status() {
        return status;
    }
}
