package dev.aegis.cli.git;

/** Git failed; the message says what it said. */
public final class GitException extends RuntimeException {
    GitException(String message) {
        super(message);
    }
}
