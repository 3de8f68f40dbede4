package dev.aegis.model.database;

import java.sql.SQLException;
import java.util.Set;

/** Tells failures of the database that pass from those that stay. */
public final class Outages {

    /** Classes of SQLSTATE: no connection, a lost race of transactions, no resources, a lock, an intervention. */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "55", "57");

    /** A server that became read-only while another one takes over. All else of its class, such as 25P02, is a bug. */
    private static final String READ_ONLY = "25006";

    private Outages() {}

    /** Whether the same statement may succeed later: the database is not reached, shutting down, or too busy. */
    public static boolean isOutage(SQLException failure) {
        var state = failure.getSQLState();
        return state == null // the pool has no connection to give
                || state.equals(READ_ONLY)
                || (state.length() == 5 && CLASSES.contains(state.substring(0, 2)));
    }
}
