package dev.aegis.cli.generator;

/** An answer that no project can be made from; the message says which, why, and what to write instead. */
public final class AnswerException extends RuntimeException {
    AnswerException(String message) {
        super(message);
    }
}
