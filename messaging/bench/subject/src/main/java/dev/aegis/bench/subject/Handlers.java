package dev.aegis.bench.subject;

import dev.aegis.bench.protocol.Pickups;
import dev.aegis.bench.protocol.Tally;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The handlers that are measured, as a user of the connector would write them. */
@ApplicationScoped
public class Handlers {

    private final Tally tally;
    private final Effects effects;

    Handlers(Tally tally, Effects effects) {
        this.tally = tally;
        this.effects = effects;
    }

    /** Nothing to do, one payload a call. */
    @Incoming("single")
    @NonBlocking
    void single(String payload) {
        tally.add(1);
    }

    /** Nothing to do, a hundred payloads a call. */
    @Incoming("batch")
    @NonBlocking
    void batch(List<String> payloads) {
        tally.add(payloads.size());
    }

    /** One row, written in the transaction that acknowledges the message, and others like it. */
    @Incoming("effect")
    @Blocking(ordered = false)
    @Transactional
    void effect(String payload) throws SQLException {
        effects.write(payload);
        tally.add(1);
    }

    /** One row, written in a transaction that acknowledges nothing else. */
    @Incoming("effect-alone")
    @Blocking(ordered = false)
    @Transactional
    void effectAlone(String payload) throws SQLException {
        effects.write(payload);
        tally.add(1);
    }

    /** A hundred rows, written in the transaction that acknowledges their hundred messages. */
    @Incoming("effect-batch")
    @Blocking(ordered = false)
    @Transactional
    void effectBatch(List<String> payloads) throws SQLException {
        effects.write(payloads);
        tally.add(payloads.size());
    }

    /** Says how long the message was under way. */
    @Incoming("pickup")
    @NonBlocking
    void pickup(String payload) {
        Pickups.arrived(payload);
    }
}
