package dev.aegis.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.testing.Sql;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** Shields, inspections of them, and the messages that ask a worker for them. */
@ApplicationScoped
public class Armoury {

    /** How a worker that waits for a shield shows in the list of connections. */
    public static final String WAITING_WORKER =
            "pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%from public.shield % for no key update%'";

    private final Sql sql;
    private final AgroalDataSource database;

    Armoury(Sql sql, AgroalDataSource database) {
        this.sql = sql;
        this.database = database;
    }

    public long shield(int rating) {
        return shield(rating, "1 minute");
    }

    /** A shield that came into the armoury some time ago and has not been inspected since. */
    public long shield(int rating, String age) {
        return id(
                "INSERT INTO shield (name, defense_rating, created_at)"
                        + " VALUES ('Dragon Scale', ?, now() - ?::interval) RETURNING id",
                rating,
                age);
    }

    /** An inspection that is asked for. */
    public long inspection(long shield) {
        var inspection = requested(shield);
        send(inspection);
        return inspection;
    }

    /** An inspection of which no message tells. */
    public long requested(long shield) {
        return id("INSERT INTO inspection (shield_id, requested_by) VALUES (?, 'api') RETURNING id", shield);
    }

    /** Sends the message that asks for an inspection, and says which it is. */
    public long send(long inspection) {
        return sendPayload(String.format(Locale.ROOT, "{\"inspection_id\": %d}", inspection));
    }

    /** Sends a message whose attempts are used up: its workers died before they could say how it went. */
    public long sendExhausted(long inspection) {
        return send(String.format(Locale.ROOT, "{\"inspection_id\": %d}", inspection), 2);
    }

    public long sendPayload(String payload) {
        return send(payload, 0);
    }

    private long send(String payload, int attempts) {
        return id(
                "INSERT INTO messaging.message (queue, content_type, payload, attempt)"
                        + " VALUES ('inspections', 'application/json', ?, ?) RETURNING id",
                payload,
                attempts);
    }

    public void awaitMessagesHandled() {
        // In one snapshot: a message may move from one table to the other.
        await().untilAsserted(() -> assertThat(sql.count(
                        "(SELECT FROM messaging.message UNION ALL SELECT FROM messaging.delayed_message) waiting"))
                .isZero());
    }

    public void awaitState(long inspection, String state) {
        await().untilAsserted(() -> assertThat(stateOf(inspection)).isEqualTo(state));
    }

    public String stateOf(long inspection) {
        return sql.select("SELECT state FROM inspection WHERE id = ?", inspection)
                .get(0);
    }

    public int ratingOf(long shield) {
        return Integer.parseInt(sql.select("SELECT defense_rating FROM shield WHERE id = ?", shield)
                .get(0));
    }

    /** Locks a shield, as long as the transaction of the connection lasts. */
    public Connection lock(long shield) throws SQLException {
        var connection = database.getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.prepareStatement("SELECT FROM public.shield WHERE id = ? FOR NO KEY UPDATE")) {
            statement.setLong(1, shield);
            statement.execute();
        }
        return connection;
    }

    public void awaitWaitingWorker() {
        await().untilAsserted(() -> assertThat(sql.count(WAITING_WORKER)).isEqualTo(1));
    }

    private long id(String insert, Object... parameters) {
        return Long.parseLong(sql.select(insert, parameters).get(0));
    }
}
