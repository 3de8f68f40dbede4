package dev.aegis.bench.soak;

/** After it a message is a dead letter: the setting {@code retry.abort-on} of the queues says so. */
public class RefusedException extends RuntimeException {

    RefusedException(String task) {
        super("refused " + task);
    }
}
