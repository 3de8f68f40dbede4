package dev.aegis.platform.problem;

import io.quarkus.runtime.configuration.MemorySize;
import java.time.Duration;
import java.util.Locale;

/** The body is too long or too slow, or there are too many. The client sees the message. */
final class RejectedBodyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    private RejectedBodyException(int status, String message) {
        super(message);
        this.status = status;
    }

    static RejectedBodyException tooLong(MemorySize limit) {
        return new RejectedBodyException(
                413, String.format(Locale.ROOT, "The body is longer than %d bytes", limit.asLongValue()));
    }

    static RejectedBodyException tooSlow(Duration limit) {
        return new RejectedBodyException(
                408, String.format(Locale.ROOT, "The body was not complete after %d ms", limit.toMillis()));
    }

    static RejectedBodyException tooMany() {
        return new RejectedBodyException(503, "Too many requests with long bodies at the moment; try again soon");
    }

    int status() {
        return status;
    }
}
