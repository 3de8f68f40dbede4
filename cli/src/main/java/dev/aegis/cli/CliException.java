package dev.aegis.cli;

/** Ends a command with a message for the user: one paragraph with what is wrong and what to do about it. */
final class CliException extends RuntimeException {
    CliException(String paragraph) {
        super(paragraph);
    }
}
