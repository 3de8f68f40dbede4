package dev.aegis.worker.broker;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import dev.aegis.model.inspection.InspectionRequested;
import dev.aegis.testing.Sql;
import dev.aegis.worker.Armoury;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Asks for inspections as the services do: the row and the message in one transaction. */
@ApplicationScoped
class Requests {

    private final Armoury armoury;
    private final Sql sql;
    private final Emitter<InspectionRequested> emitter;

    Requests(Armoury armoury, Sql sql, @Channel("requests") Emitter<InspectionRequested> emitter) {
        this.armoury = armoury;
        this.sql = sql;
        this.emitter = emitter;
    }

    /** Asks for an inspection of the shield, for the sake of a run. */
    @Transactional
    long inspection(long shield, String run) {
        var inspection = armoury.requested(shield);
        emitter.send(Message.of(new InspectionRequested(inspection))
                .addMetadata(OutgoingPostgresqlMetadata.builder()
                        .withHeader("run", run)
                        .build()));
        return inspection;
    }

    /** How many messages the sender's tables hold: what no broker has taken. */
    long unrelayed() {
        // In one snapshot: a message may move from one table to the other.
        return sql.count("(SELECT FROM messaging.message UNION ALL SELECT FROM messaging.delayed_message) waiting");
    }
}
