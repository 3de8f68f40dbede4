package dev.aegis.messaging.internal.receive;

import dev.aegis.messaging.IncomingPostgresqlBatchMetadata;
import dev.aegis.messaging.UnreadablePayloadException;
import dev.aegis.messaging.internal.store.ClaimedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The payload of several messages until its converter knows what the handler takes. */
final class Batch {

    private final String channel;
    private final boolean isSeries;
    private final Delivery delivery;
    private final BiConsumer<ClaimedMessage, UnreadablePayloadException> refusal;

    /** @param isSeries whether the handler takes one after the other, and no list */
    Batch(
            String channel,
            boolean isSeries,
            Delivery delivery,
            BiConsumer<ClaimedMessage, UnreadablePayloadException> refusal) {
        this.channel = channel;
        this.isSeries = isSeries;
        this.delivery = delivery;
        this.refusal = refusal;
    }

    String channel() {
        return channel;
    }

    boolean isSeries() {
        return isSeries;
    }

    IncomingPostgresqlBatchMetadata metadata() {
        return new IncomingPostgresqlBatchMetadata(
                delivery.messages().stream().map(DeliveryHandler::metadata).toList());
    }

    interface Reader {
        Object read(ClaimedMessage message);
    }

    /**
     * The payloads of the messages that can be read; each other one is settled on its own.
     *
     * @throws UnreadablePayloadException when none can be read
     */
    List<Object> read(Reader reader) {
        var payloads = new ArrayList<>();
        var readable = new ArrayList<ClaimedMessage>();
        var refused = new ArrayList<Runnable>();
        @Nullable UnreadablePayloadException last = null;
        for (var message : delivery.all()) {
            try {
                payloads.add(reader.read(message));
                readable.add(message);
            } catch (UnreadablePayloadException e) {
                last = e;
                refused.add(() -> refusal.accept(message, e));
            }
        }
        if (last != null && readable.isEmpty()) {
            throw last;
        }
        delivery.restrictTo(readable);
        refused.forEach(Runnable::run);
        return payloads;
    }

    /** As {@link #read}; the handler is to be called for each of them. */
    SharedTransaction readSeries(Reader reader) {
        var series = new SharedTransaction(
                read(reader),
                delivery.messages().stream().map(DeliveryHandler::metadata).toList());
        delivery.deliver(series);
        return series;
    }
}
