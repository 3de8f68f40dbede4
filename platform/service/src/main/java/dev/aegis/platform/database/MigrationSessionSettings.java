package dev.aegis.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Runs each script with default settings, whatever the role or the database sets, and with {@code public} as the schema of
 * unqualified names, where Flyway would put the schema of its history. After the script, resets what it and
 * Flyway have set, because a pooler may give the session to another client.
 */
final class MigrationSessionSettings implements Callback {
    private static final String SETTINGS = "'search_path', 'standard_conforming_strings', 'statement_timeout',"
            + " 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout'";

    /** Only those that exist, because not every version of the server has them all. */
    private static final String SET = "SELECT set_config(name, CASE name WHEN 'search_path' THEN 'public'"
            + " WHEN 'standard_conforming_strings' THEN 'on' ELSE '0' END, ?)"
            + " FROM pg_catalog.pg_settings WHERE name IN (" + SETTINGS + ")";

    private static final String RESET = "SELECT set_config(name, reset_val, false)"
            + " FROM pg_catalog.pg_settings WHERE name IN (" + SETTINGS + ")";

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try {
            if (event == Event.BEFORE_EACH_MIGRATE) {
                set(context.getConnection());
            } else {
                reset(context.getConnection());
            }
        } catch (SQLException e) {
            throw new FlywayException("Could not set up the session of a migration: " + e.getMessage(), e);
        }
    }

    /** For the transaction of the script; for the session, if the script has none. */
    private static void set(Connection connection) throws SQLException {
        try (var set = connection.prepareStatement(SET)) {
            set.setBoolean(1, !connection.getAutoCommit());
            set.execute();
        }
    }

    private static void reset(Connection connection) throws SQLException {
        try (var reset = connection.prepareStatement(RESET)) {
            reset.execute();
        }
    }

    @Override
    public String getCallbackName() {
        return "session settings of a migration";
    }
}
