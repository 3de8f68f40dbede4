package dev.aegis.platform.schedule;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.eclipse.microprofile.reactive.messaging.Message;

/** One run of one schedule, which happens once in the whole cluster. Injected, it is the run of the current transaction. */
@Entity
@Table(schema = "scheduling")
public class ScheduleRun {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    private String schedule;
    private Instant dueAt;
    private int sent;

    public ScheduleRun(String schedule, Instant dueAt) {
        this.schedule = schedule;
        this.dueAt = dueAt;
    }

    @SuppressWarnings("NullAway.Init")
    protected ScheduleRun() {}

    public long id() {
        return id;
    }

    /** When the schedule was due; the run may be later. */
    public Instant dueAt() {
        return dueAt;
    }

    /** How many messages {@link #message} has made for this run; each is counted as sent. */
    public int sent() {
        return sent;
    }

    /** A message of this run, whose id is in the header {@code run}. */
    public <T> Message<T> message(T payload) {
        return message(payload, OutgoingPostgresqlMetadata.builder());
    }

    /** A message of this run, with options. One that is not added because of its unique key counts as sent all the same. */
    public <T> Message<T> message(T payload, OutgoingPostgresqlMetadata.Builder options) {
        sent++;
        return Message.of(payload)
                .addMetadata(options.withHeader("run", Long.toString(id)).build());
    }
}
