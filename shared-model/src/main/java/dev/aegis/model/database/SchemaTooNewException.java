package dev.aegis.model.database;

/** The database was migrated by a later version of the system than this one. */
final class SchemaTooNewException extends RuntimeException {
    SchemaTooNewException(String message) {
        super(message);
    }
}
