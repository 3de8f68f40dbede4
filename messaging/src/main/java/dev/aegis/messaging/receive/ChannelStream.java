package dev.aegis.messaging.receive;

import dev.aegis.messaging.store.ClaimedMessage;
import io.vertx.core.impl.ContextInternal;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * One incoming channel, or one of its copies: takes claimed messages from the consumer of its queue as its handler asks
 * for them, and emits each on a Vert.x context of its own. Emits on one event loop, as the protocol of reactive streams
 * demands.
 */
final class ChannelStream implements Flow.Publisher<Message<?>>, Flow.Subscription, PostgresqlMessage.Settler {

    private final InboundSettings settings;
    private final QueueConsumer consumer;
    private final Deliveries deliveries;
    private final ContextInternal eventLoop;
    private final AtomicLong requested = new AtomicLong();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger pendingDrains = new AtomicInteger();
    private Flow.@Nullable Subscriber<? super Message<?>> subscriber;
    private volatile boolean cancelled;

    ChannelStream(InboundSettings settings, QueueConsumer consumer, Deliveries deliveries, ContextInternal eventLoop) {
        this.settings = settings;
        this.consumer = consumer;
        this.deliveries = deliveries;
        this.eventLoop = eventLoop;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Message<?>> subscriber) {
        this.subscriber = subscriber;
        subscriber.onSubscribe(this);
        consumer.start();
    }

    @Override
    public void request(long messages) {
        requested.accumulateAndGet(messages, (old, more) -> old + more < 0 ? Long.MAX_VALUE : old + more);
        drain();
    }

    @Override
    public void cancel() {
        cancelled = true;
        consumer.cancelled();
    }

    String channel() {
        return settings.channel();
    }

    boolean isCancelled() {
        return cancelled;
    }

    int inFlight() {
        return inFlight.get();
    }

    /** How many messages the handler would take now. */
    int freeSlots() {
        return cancelled ? 0 : (int) Math.min(requested.get(), settings.maxInFlight() - inFlight.get());
    }

    void drain() {
        if (pendingDrains.getAndIncrement() == 0) {
            eventLoop.runOnContext(ignored -> emitAll());
        }
    }

    private void emitAll() {
        var pending = 1;
        do {
            while (freeSlots() > 0 && emitNext()) {}
            pending = pendingDrains.addAndGet(-pending);
        } while (pending > 0);
    }

    private boolean emitNext() {
        var message = consumer.poll();
        if (message == null || subscriber == null) {
            return false;
        }
        if (requested.get() != Long.MAX_VALUE) {
            requested.decrementAndGet();
        }
        inFlight.incrementAndGet();
        try {
            subscriber.onNext(deliveries.begin(message, eventLoop.duplicate(), this));
        } catch (RuntimeException e) {
            // A message that can't even be handed over fails alone; the stream goes on.
            requested.incrementAndGet();
            deliveries.refused(message, settings, e, this);
        }
        return true;
    }

    @Override
    public CompletionStage<Void> ack(Delivery delivery) {
        return deliveries.succeeded(delivery, this);
    }

    @Override
    public CompletionStage<Void> nack(Delivery delivery, Throwable failure) {
        return deliveries.failed(delivery, settings, failure, this);
    }

    /** A message that this stream emitted was settled. */
    void ended(ClaimedMessage message) {
        inFlight.decrementAndGet();
        consumer.ended(message);
        drain();
    }
}
