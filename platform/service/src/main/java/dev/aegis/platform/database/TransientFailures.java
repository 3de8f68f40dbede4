package dev.aegis.platform.database;

import java.sql.SQLException;
import java.util.List;

/** Tells transient failures of the database from permanent ones. */
public final class TransientFailures {

    /** Connection failures, serialization failures and deadlocks, no resources, operator interventions, system errors. */
    private static final List<String> STATES = List.of(
            "08", "40", "53", "57", "58",
            "25006", // read-only during a failover; the rest of its class, such as 25P02, is a bug
            "55006", // object in use
            "55P03"); // lock not available

    private TransientFailures() {}

    /** Whether the same statement may succeed later: the database is unreachable, shutting down, or too busy. */
    public static boolean isTransient(SQLException failure) {
        var state = failure.getSQLState();
        // Without a state the failure is not the server's: the pool had no connection to give.
        return state == null || STATES.stream().anyMatch(state::startsWith);
    }
}
