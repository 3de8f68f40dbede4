package dev.aegis.messaging.internal.receive;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.aegis.messaging.IncomingPostgresqlBatchMetadata;
import dev.aegis.messaging.internal.payload.Payloads;
import dev.aegis.messaging.internal.store.ClaimedMessage;
import dev.aegis.messaging.internal.telemetry.MessageTracing;
import dev.aegis.messaging.internal.telemetry.MessagingMetrics;
import io.smallrye.reactive.messaging.providers.locals.LocalContextMetadata;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * One incoming channel, or one of its copies: takes messages from the prefetch buffer as its handler asks for them, and
 * delivers each on a Vert.x context of its own. It emits on one event loop, as the protocol of reactive streams demands.
 */
final class IncomingChannel implements Flow.Publisher<Message<?>>, Flow.Subscription, Delivery.Listener {

    /** All copies of the channel together. */
    interface Owner {

        /** A handler begins to ask for messages. */
        void subscribed();

        /** This copy takes no more messages. */
        void cancelled();

        /** No copy may take more messages. */
        void stopChannel();
    }

    private final IncomingSettings settings;
    private final int maxCalls;
    private final @Nullable ObjectReader reader;
    private final PrefetchBuffer buffer;
    private final Settlement settlement;
    private final MessageTracing tracing;
    private final MessagingMetrics metrics;
    private final ContextInternal eventLoop;
    private final Owner owner;
    private final AtomicLong requested = new AtomicLong();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger pendingDrains = new AtomicInteger();
    private Flow.@Nullable Subscriber<? super Message<?>> subscriber;
    private volatile boolean cancelled;

    /**
     * @param maxCalls how many calls of the handler may be in flight
     * @param reader of the payloads of several messages that are delivered together; null where single ones are delivered
     */
    IncomingChannel(
            IncomingSettings settings,
            int maxCalls,
            @Nullable ObjectReader reader,
            PrefetchBuffer buffer,
            Settlement settlement,
            MessageTracing tracing,
            MessagingMetrics metrics,
            ContextInternal eventLoop,
            Owner owner) {
        this.settings = settings;
        this.maxCalls = maxCalls;
        this.reader = reader;
        this.buffer = buffer;
        this.settlement = settlement;
        this.tracing = tracing;
        this.metrics = metrics;
        this.eventLoop = eventLoop;
        this.owner = owner;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Message<?>> subscriber) {
        if (this.subscriber != null) {
            throw new IllegalStateException("channel " + settings.channel() + " has one handler");
        }
        this.subscriber = subscriber;
        subscriber.onSubscribe(this);
        owner.subscribed();
    }

    @Override
    public void request(long messages) {
        requested.accumulateAndGet(messages, (old, more) -> old + more < 0 ? Long.MAX_VALUE : old + more);
        drain();
    }

    @Override
    public void cancel() {
        cancelled = true;
        owner.cancelled();
    }

    String name() {
        return settings.channel();
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** How many messages the handler would take now. */
    int freeHandlers() {
        return freeCalls() * settings.maxTogether();
    }

    private int freeCalls() {
        return cancelled ? 0 : (int) Math.max(0, Math.min(requested.get(), settings.maxInFlight() - calls.get()));
    }

    /** Takes what the buffer has for free handlers. From any thread. */
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
        var handler = subscriber;
        if (handler == null) {
            return false;
        }
        var messages = buffer.poll(share());
        if (messages.isEmpty()) {
            return false;
        }
        var readable = new ArrayList<ClaimedMessage>(messages.size());
        var payloads = new ArrayList<>(messages.size());
        for (var message : messages) {
            try {
                payloads.add(payload(message));
                readable.add(message);
            } catch (RuntimeException | Error e) {
                refuse(List.of(message), e);
            }
        }
        if (!readable.isEmpty()) {
            emit(readable, payloads, handler);
        }
        return true;
    }

    /** As it is stored, for a converter to read; of messages that are delivered together as the handler takes it. */
    private Object payload(ClaimedMessage message) {
        if (reader != null) {
            return Payloads.read(reader, message);
        }
        if (message.text() != null) {
            return message.text();
        }
        return message.bytes() == null ? "" : message.bytes();
    }

    private void emit(
            List<ClaimedMessage> messages, List<Object> payloads, Flow.Subscriber<? super Message<?>> handler) {
        Delivery delivery;
        try {
            delivery = delivery(messages, payloads);
        } catch (RuntimeException | Error e) {
            // A message that can't be delivered fails alone; the channel goes on.
            refuse(messages, e);
            return;
        }
        if (requested.get() != Long.MAX_VALUE) {
            requested.decrementAndGet();
        }
        calls.incrementAndGet();
        try {
            delivery.bindToContext();
            watch(delivery);
            handler.onNext(delivery);
        } catch (RuntimeException | Error e) {
            requested.updateAndGet(old -> old == Long.MAX_VALUE ? old : old + 1);
            var unused = settlement.failed(delivery, e);
        }
    }

    /** Of those that share a transaction each free call gets its share; a list gets what there is. */
    private int share() {
        if (!settings.sharesTransactions()) {
            return settings.maxTogether();
        }
        // The framework asks for one message after the other, even where it calls handlers side by side.
        var free = Math.max(1, maxCalls - calls.get());
        var share = (buffer.size() + free - 1) / free;
        return Math.max(1, Math.min(share, settings.maxTogether()));
    }

    private Delivery delivery(List<ClaimedMessage> messages, List<Object> payloads) {
        var metadata = messages.stream().map(ClaimedMessage::metadata).toList();
        if (settings.isBatch()) {
            return delivery(messages, payloads, null, new IncomingPostgresqlBatchMetadata(metadata));
        }
        var shared = settings.sharesTransactions() ? new SharedTransaction(payloads, metadata) : null;
        return delivery(messages, payloads.get(0), shared, metadata.get(0));
    }

    private Delivery delivery(
            List<ClaimedMessage> messages, Object payload, @Nullable SharedTransaction shared, Object metadata) {
        var context = eventLoop.duplicate();
        var handling = tracing.handling(messages);
        measurePickup(messages);
        return new Delivery(
                settings,
                messages,
                payload,
                Metadata.of(new LocalContextMetadata(context), handling.metadata(), metadata),
                shared,
                context,
                handling,
                settlement,
                this);
    }

    private void measurePickup(List<ClaimedMessage> messages) {
        var now = System.nanoTime();
        for (var message : messages) {
            var sent = message.sent();
            if (sent != null && message.claim().attempt() == 1 && message.conflicts() == 0) {
                metrics.pickedUp(settings.queue(), Duration.ofNanos(now - sent));
            }
        }
    }

    private void watch(Delivery delivery) {
        var timeout = settings.handlerTimeout();
        if (timeout != null) {
            var timer = eventLoop.owner().setTimer(timeout.toMillis(), id -> settlement.timedOut(delivery));
            delivery.onSettled(() -> eventLoop.owner().cancelTimer(timer));
        }
    }

    /** Counts as a call until it is settled, so that messages are not refused faster than that. */
    private void refuse(List<ClaimedMessage> messages, Throwable failure) {
        calls.incrementAndGet();
        settlement.fail(messages, failure, settings, owner::stopChannel).whenComplete((done, error) -> {
            calls.decrementAndGet();
            buffer.settled(messages);
            drain();
        });
    }

    @Override
    public void settled(Delivery delivery) {
        calls.decrementAndGet();
        buffer.settled(delivery.messages());
        drain();
    }

    @Override
    public boolean handleAlone(Delivery delivery, List<ClaimedMessage> messages) {
        if (!buffer.takeBack(messages)) {
            return false;
        }
        calls.decrementAndGet();
        drain();
        return true;
    }

    @Override
    public void stopChannel() {
        owner.stopChannel();
    }
}
