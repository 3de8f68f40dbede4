package dev.aegis.messaging.internal.settle;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an SQLSTATE says of a statement that failed: in one place, for all that have to tell a bug from bad luck. */
public final class SqlStates {

    private static final Set<String> CONFLICTS = Set.of(
            "40001", // serialization_failure
            "40P01"); // deadlock_detected

    /** No connection, a rolled back transaction, no resources, an operator's intervention, an error of the system. */
    private static final List<String> OUTAGES = List.of(
            "08", "40", "53", "57", "58",
            "25006", // read_only_sql_transaction: a standby, or a server that another one took over from
            "55006", // object_in_use
            "55P03"); // lock_not_available

    private SqlStates() {}

    /**
     * Whether the database was away, or busy with others, so that the same statement may succeed later. Without a state it
     * was not even asked.
     */
    public static boolean isOutage(@Nullable String state) {
        return state == null || OUTAGES.stream().anyMatch(state::startsWith);
    }

    /** Whether the transaction lost against others that ran beside it, so that it may succeed at once. */
    public static boolean isConflict(@Nullable String state) {
        return state != null && CONFLICTS.contains(state);
    }
}
