package dev.aegis.bench;

/** The benchmark can't be run as asked; the message says why, and what would help. */
public final class CliException extends RuntimeException {

    public CliException(String message) {
        super(message);
    }
}
