package dev.aegis.worker.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.testing.Sql;
import jakarta.enterprise.context.ApplicationScoped;

/** Shields, inspections of them, and the messages that ask a worker for them. */
@ApplicationScoped
class Armoury {

    private final Sql sql;

    Armoury(Sql sql) {
        this.sql = sql;
    }

    long shield(int rating) {
        return shield(rating, "1 minute");
    }

    /** A shield that came into the armoury some time ago and has not been inspected since. */
    long shield(int rating, String age) {
        return id(
                "INSERT INTO shield (name, defense_rating, created_at)"
                        + " VALUES ('Dragon Scale', ?, now() - ?::interval) RETURNING id",
                rating,
                age);
    }

    /** An inspection that is asked for. */
    long inspection(long shield) {
        var inspection = requested(shield);
        send(inspection);
        return inspection;
    }

    /** An inspection of which no message tells. */
    long requested(long shield) {
        return id("INSERT INTO inspection (shield_id, requested_by) VALUES (?, 'api') RETURNING id", shield);
    }

    /** Sends the message that asks for an inspection, and says which it is. */
    long send(long inspection) {
        return sendPayload("{\"inspection_id\": %d}".formatted(inspection));
    }

    /** Sends a message whose attempts are used up: its workers died before they could say how it went. */
    long sendExhausted(long inspection) {
        return send("{\"inspection_id\": %d}".formatted(inspection), 2);
    }

    long sendPayload(String payload) {
        return send(payload, 0);
    }

    private long send(String payload, int attempts) {
        return id(
                "INSERT INTO messaging.message (queue, content_type, payload, attempt)"
                        + " VALUES ('inspections', 'application/json', ?, ?) RETURNING id",
                payload,
                attempts);
    }

    void awaitMessagesHandled() {
        await().untilAsserted(() -> assertThat(sql.count("messaging.message") + sql.count("messaging.delayed_message"))
                .isZero());
    }

    void awaitState(long inspection, String state) {
        await().untilAsserted(() -> assertThat(stateOf(inspection)).isEqualTo(state));
    }

    String stateOf(long inspection) {
        return sql.select("SELECT state FROM inspection WHERE id = ?", inspection)
                .get(0);
    }

    int ratingOf(long shield) {
        return Integer.parseInt(sql.select("SELECT defense_rating FROM shield WHERE id = ?", shield)
                .get(0));
    }

    private long id(String insert, Object... parameters) {
        return Long.parseLong(sql.select(insert, parameters).get(0));
    }
}
