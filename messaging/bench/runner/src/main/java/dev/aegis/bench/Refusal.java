package dev.aegis.bench;

/** The benchmark can't be run as asked; the message says why, and what would help. */
public final class Refusal extends RuntimeException {

    public Refusal(String message) {
        super(message);
    }
}
