package dev.aegis.platform.schedule;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import java.time.Instant;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * One firing of one schedule, which happens once in the whole cluster.
 *
 * @param id identifies the firing in {@code scheduling.schedule_firing}
 * @param schedule the name of the schedule
 * @param time when the schedule was due; the firing may be later
 */
public record Firing(long id, String schedule, Instant time) {

    /** The header by which a message can be followed to the firing that sent it. */
    public static final String HEADER = "firing";

    /** A message of this firing. */
    public <T> Message<T> message(T payload) {
        return Message.of(payload).addMetadata(metadata().build());
    }

    /** A message of this firing that is not sent while another with the same key waits. */
    public <T> Message<T> message(T payload, String uniqueKey) {
        return Message.of(payload)
                .addMetadata(metadata().withUniqueKey(uniqueKey).build());
    }

    private OutgoingPostgresqlMetadata.Builder metadata() {
        return OutgoingPostgresqlMetadata.builder().withHeader(HEADER, Long.toString(id));
    }
}
