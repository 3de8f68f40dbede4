package dev.aegis.worker.broker;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import dev.aegis.model.inspection.InspectionRequested;
import dev.aegis.testing.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Asks for inspections as the services do: the row and the message in one transaction. */
@ApplicationScoped
class Requests {

    private final Sql sql;
    private final Emitter<InspectionRequested> emitter;

    Requests(Sql sql, @Channel("requests") Emitter<InspectionRequested> emitter) {
        this.sql = sql;
        this.emitter = emitter;
    }

    long shield(int rating) {
        return id(
                "INSERT INTO shield (name, defense_rating, created_at) VALUES ('Dragon Scale', ?, now()) RETURNING id",
                rating);
    }

    /** Asks for an inspection of the shield, for the sake of a firing. */
    @Transactional
    long inspection(long shield, String firing) {
        var inspection =
                id("INSERT INTO inspection (shield_id, requested_by) VALUES (?, 'schedule') RETURNING id", shield);
        emitter.send(Message.of(new InspectionRequested(inspection))
                .addMetadata(OutgoingPostgresqlMetadata.builder()
                        .withHeader("firing", firing)
                        .build()));
        return inspection;
    }

    String stateOf(long inspection) {
        return sql.select("SELECT state FROM inspection WHERE id = ?", inspection)
                .get(0);
    }

    int ratingOf(long shield) {
        return Integer.parseInt(sql.select("SELECT defense_rating FROM shield WHERE id = ?", shield)
                .get(0));
    }

    /** How many messages the sender's tables hold: what no broker has taken. */
    long unrelayed() {
        return sql.count("messaging.message") + sql.count("messaging.delayed_message");
    }

    private long id(String insert, Object parameter) {
        return Long.parseLong(sql.select(insert, parameter).get(0));
    }
}
