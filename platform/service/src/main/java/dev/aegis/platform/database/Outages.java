package dev.aegis.platform.database;

import java.sql.SQLException;
import java.util.List;

/** Tells failures of the database that pass from those that stay. */
public final class Outages {

    /** No connection, a lost race of transactions, no resources, an intervention, a broken disk. */
    private static final List<String> STATES = List.of(
            "08", "40", "53", "57", "58",
            "25006", // read-only while another server takes over; all else of its class, such as 25P02, is a bug
            "55006", // an object is in use
            "55P03"); // a lock is not to be had in time

    private Outages() {}

    /** Whether the same statement may succeed later: the database is not reached, shutting down, or too busy. */
    public static boolean isOutage(SQLException failure) {
        var state = failure.getSQLState();
        // Without a state it was not even asked: the pool has no connection to give.
        return state == null || STATES.stream().anyMatch(state::startsWith);
    }
}
