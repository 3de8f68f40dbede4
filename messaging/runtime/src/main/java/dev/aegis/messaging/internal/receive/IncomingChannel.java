package dev.aegis.messaging.internal.receive;

import dev.aegis.messaging.internal.store.ClaimedMessage;
import io.vertx.core.impl.ContextInternal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
final class IncomingChannel implements Flow.Publisher<Message<?>>, Flow.Subscription, PostgresqlMessage.Settler {

    private final IncomingSettings settings;
    private final int callsAtOnce;
    private final QueueConsumer consumer;
    private final DeliveryHandler deliveries;
    private final ContextInternal eventLoop;
    private final AtomicLong requested = new AtomicLong();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger callsUnderWay = new AtomicInteger();
    private final AtomicInteger pendingDrains = new AtomicInteger();
    private Flow.@Nullable Subscriber<? super Message<?>> subscriber;
    private volatile boolean cancelled;

    /** @param callsAtOnce how many calls of the handler may be under way */
    IncomingChannel(
            IncomingSettings settings,
            int callsAtOnce,
            QueueConsumer consumer,
            DeliveryHandler deliveries,
            ContextInternal eventLoop) {
        this.settings = settings;
        this.callsAtOnce = callsAtOnce;
        this.consumer = consumer;
        this.deliveries = deliveries;
        this.eventLoop = eventLoop;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Message<?>> subscriber) {
        if (this.subscriber != null) {
            throw new IllegalStateException("channel " + channel() + " has one handler");
        }
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

    IncomingSettings settings() {
        return settings;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** How many messages are being handled. */
    int inFlight() {
        return inFlight.get();
    }

    /** How many messages the handler would take now. */
    int freeSlots() {
        return freeCalls() * settings.mostAtOnce();
    }

    private int freeCalls() {
        return cancelled ? 0 : (int) Math.min(requested.get(), settings.maxInFlight() - callsUnderWay.get());
    }

    void drain() {
        if (pendingDrains.getAndIncrement() > 0) {
            return;
        }
        if (eventLoop.inThread()) {
            emitAll();
        } else {
            eventLoop.runOnContext(ignored -> emitAll());
        }
    }

    private void emitAll() {
        var pending = 1;
        do {
            while (freeCalls() > 0 && emitNext()) {}
            pending = pendingDrains.addAndGet(-pending);
        } while (pending > 0);
    }

    private boolean emitNext() {
        var messages = consumer.poll(most());
        if (messages.isEmpty() || subscriber == null) {
            return false;
        }
        if (requested.get() != Long.MAX_VALUE) {
            requested.decrementAndGet();
        }
        inFlight.addAndGet(messages.size());
        callsUnderWay.incrementAndGet();
        try {
            subscriber.onNext(deliveries.begin(messages, eventLoop.duplicate(), this));
        } catch (RuntimeException e) {
            // A message that can't even be handed over fails alone; the stream goes on.
            requested.updateAndGet(old -> old == Long.MAX_VALUE ? old : old + 1);
            deliveries.refused(messages, e, this);
        }
        return true;
    }

    /** Of those that share a transaction each free call gets its share; a list gets what there is. */
    private int most() {
        if (!settings.sharesTransactions()) {
            return settings.mostAtOnce();
        }
        // The framework asks for one message after the other, even where it calls handlers side by side.
        var free = Math.max(1, callsAtOnce - callsUnderWay.get());
        var share = (consumer.waiting() + free - 1) / free;
        return Math.max(1, Math.min(share, settings.mostAtOnce()));
    }

    @Override
    public CompletionStage<Void> ack(Delivery delivery) {
        return deliveries.succeeded(delivery, this);
    }

    @Override
    public CompletionStage<Void> nack(Delivery delivery, Throwable failure) {
        return deliveries.failed(delivery, failure, this);
    }

    /** Messages that this stream emitted together were settled. */
    void ended(List<ClaimedMessage> messages) {
        leave(messages);
        consumer.ended(messages);
        drain();
    }

    /**
     * The messages of {@code delivery} are handled again, each alone and at the same attempt. Completes when nothing is lost
     * by an end.
     *
     * @param again these messages
     */
    CompletionStage<Void> handleAlone(Delivery delivery, List<ClaimedMessage> again) {
        var settled = new ArrayList<>(delivery.all());
        settled.removeAll(new HashSet<>(delivery.messages()));
        return consumer.handleAlone(again).whenComplete((done, error) -> {
            leave(delivery.all());
            consumer.ended(settled);
            drain();
        });
    }

    private void leave(List<ClaimedMessage> messages) {
        inFlight.addAndGet(-messages.size());
        callsUnderWay.decrementAndGet();
    }

    /** The channel takes no more messages, in none of its copies. */
    void stopChannel() {
        consumer.streams().forEach(IncomingChannel::cancel);
    }
}
