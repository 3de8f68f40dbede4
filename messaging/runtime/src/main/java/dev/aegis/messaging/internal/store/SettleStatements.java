package dev.aegis.messaging.internal.store;

import static dev.aegis.messaging.internal.store.ConnectorDatabase.DURABLY;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Ends claims of messages that were handled, or not begun. Each statement is fenced: it does nothing for a claim that was lost. */
public final class SettleStatements {

    private static final String OF_CLAIM = " WHERE queue = ? AND priority = ? AND attempt = ? AND claimed_by = ?";

    static final String DELETE_ONE = "DELETE FROM messaging.message" + OF_CLAIM + " AND id = ?";

    private static final String DELETE_MANY = "DELETE FROM messaging.message" + OF_CLAIM + " AND id = ANY (?)";

    // All of their ordering groups are locked first, in one order, to avoid deadlocks.
    private static final String DELETE_ORDERED = "SELECT messaging_internal.settle_ordered(?, ?, ?, ?, ?, ?)";

    // The key of a message that was tried before stays free, as it does while such a message waits for its next
    // attempt.
    private static final String RELEASE = "WITH released AS (UPDATE messaging.message"
            + " SET claimed_by = NULL, claimed_at = NULL, attempt = attempt - 1 FROM " + DURABLY + OF_CLAIM
            + " AND id = ANY (?)" + """
               RETURNING queue, unique_key, id, priority, ordering_key, attempt)
            SELECT count(*),
                   count(messaging_internal.restore_unique_key(queue, unique_key, id, priority, ordering_key))
                       FILTER (WHERE unique_key IS NOT NULL AND attempt = 0)
            FROM released""";

    private static final String RELEASE_UNKNOWN = """
            UPDATE messaging.message SET claimed_by = NULL, claimed_at = NULL FROM %s
            WHERE message.ctid = ANY (ARRAY(
                SELECT ctid FROM messaging.message
                WHERE queue = ? AND claimed_by = ? AND id <> ALL (?)
                  AND (claimed_at < now() - interval '5 seconds' OR claimed_at > clock_timestamp())
                FOR UPDATE SKIP LOCKED))""".formatted(DURABLY);

    private SettleStatements() {}

    /** Removes a handled message. False when the claim was lost. */
    public static boolean delete(Connection connection, Claim claim) throws SQLException {
        if (claim.orderingKey() != null) {
            return deleteOrdered(connection, List.of(claim)) == 1;
        }
        try (var delete = connection.prepareStatement(DELETE_ONE)) {
            setClaim(delete, claim);
            delete.setLong(5, claim.id());
            return delete.executeUpdate() == 1;
        }
    }

    /** Removes handled messages, and returns how many claims held. */
    public static int deleteAll(Connection connection, List<Claim> claims) throws SQLException {
        return claims.stream().anyMatch(claim -> claim.orderingKey() != null)
                ? deleteOrdered(connection, claims)
                : forEachGroup(connection, DELETE_MANY, claims, PreparedStatement::executeUpdate);
    }

    private static int deleteOrdered(Connection connection, List<Claim> claims) throws SQLException {
        try (var delete = connection.prepareStatement(DELETE_ORDERED)) {
            setColumn(delete, 1, "text", claims, Claim::queue);
            setColumn(delete, 2, "int2", claims, Claim::priority);
            setColumn(delete, 3, "int2", claims, Claim::attempt);
            setColumn(delete, 4, "int8", claims, Claim::consumer);
            setColumn(delete, 5, "int8", claims, Claim::id);
            setColumn(delete, 6, "text", claims, Claim::orderingKey);
            return count(delete);
        }
    }

    static void setColumn(
            PreparedStatement statement, int index, String type, List<Claim> claims, Function<Claim, ?> property)
            throws SQLException {
        var values = claims.stream().map(property).toArray();
        statement.setArray(index, statement.getConnection().createArrayOf(type, values));
    }

    /** Gives back messages whose handling did not begin; the attempt is not counted. */
    public static int release(Connection connection, List<Claim> claims) throws SQLException {
        return forEachGroup(connection, RELEASE, claims, SettleStatements::count);
    }

    /**
     * Gives back the messages that the consumer has claimed without knowing it, because the answer was lost: all of its
     * claims that are older than five seconds, or were made before the clock was set back, but for the {@code known} ones.
     */
    public static int releaseUnknown(Connection connection, String queue, long consumer, Collection<Long> known)
            throws SQLException {
        try (var release = connection.prepareStatement(RELEASE_UNKNOWN)) {
            release.setString(1, queue);
            release.setLong(2, consumer);
            release.setArray(3, connection.createArrayOf("int8", known.toArray()));
            return release.executeUpdate();
        }
    }

    private static int count(PreparedStatement select) throws SQLException {
        try (var row = select.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Executes a statement, and returns how many claims held. */
    private interface Execution {
        int of(PreparedStatement statement) throws SQLException;
    }

    private static int forEachGroup(Connection connection, String sql, List<Claim> claims, Execution execution)
            throws SQLException {
        // Nearly always one group: messages of one claim mostly share their priority and their attempt.
        var groups = claims.stream()
                .collect(Collectors.groupingBy(claim ->
                        new Claim(claim.queue(), claim.priority(), 0, claim.attempt(), claim.consumer(), null)));
        var changed = 0;
        try (var statement = connection.prepareStatement(sql)) {
            for (var group : groups.entrySet()) {
                setClaim(statement, group.getKey());
                var ids = group.getValue().stream().map(Claim::id).sorted().toArray();
                statement.setArray(5, connection.createArrayOf("int8", ids));
                changed += execution.of(statement);
            }
        }
        return changed;
    }

    static void setClaim(PreparedStatement statement, Claim claim) throws SQLException {
        statement.setString(1, claim.queue());
        statement.setInt(2, claim.priority());
        statement.setInt(3, claim.attempt());
        statement.setLong(4, claim.consumer());
    }
}
