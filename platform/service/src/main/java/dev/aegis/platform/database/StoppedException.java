package dev.aegis.platform.database;

/** The service was told to stop while it was waiting. */
final class StoppedException extends RuntimeException {
    StoppedException() {
        super("Stopped while waiting for the database");
    }
}
