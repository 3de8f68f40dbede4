package dev.aegis.api.problem;

/** The bodies of all requests together are more than the api holds. */
final class BodiesTooManyException extends Exception {
    private static final long serialVersionUID = 1L;

    BodiesTooManyException() {
        super("There are too many requests with long bodies at the moment; try again soon");
    }
}
