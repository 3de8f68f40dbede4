package dev.aegis.messaging.internal.settle;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an SQLSTATE says about a statement that failed. */
public final class SqlStates {

    private static final Set<String> CONFLICTS = Set.of(
            "40001", // serialization_failure
            "40P01"); // deadlock_detected

    /** Classes of SQLSTATE (PostgreSQL, appendix A): connection, rollback, resources, operator intervention, system error. */
    private static final List<String> OUTAGES = List.of(
            "08", "40", "53", "57", "58",
            "25006", // read_only_sql_transaction: a standby, or a server that another one took over from
            "55006", // object_in_use
            "55P03"); // lock_not_available

    private SqlStates() {}

    /**
     * Whether the database was away or too busy, so that the same statement may succeed later. An exception without a state
     * says that it was not reached.
     */
    public static boolean isOutage(@Nullable String state) {
        return state == null || OUTAGES.stream().anyMatch(state::startsWith);
    }

    /** Whether concurrent transactions made this one fail, so that it may succeed when it is run again at once. */
    public static boolean isConflict(@Nullable String state) {
        return state != null && CONFLICTS.contains(state);
    }
}
