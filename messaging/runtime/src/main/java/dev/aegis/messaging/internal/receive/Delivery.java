package dev.aegis.messaging.internal.receive;

import dev.aegis.messaging.internal.store.Claim;
import dev.aegis.messaging.internal.store.ClaimedMessage;
import dev.aegis.messaging.internal.telemetry.MessageTracing;
import io.quarkus.vertx.core.runtime.VertxMDC;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.reactive.messaging.providers.MetadataInjectableMessage;
import io.smallrye.reactive.messaging.providers.locals.ContextAwareMessage;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * What one call of a handler is given, as the framework sees it: one message, or several of a batch or of a shared
 * transaction. Bound to the Vert.x context on which the handler runs. Thread-safe.
 */
final class Delivery implements ContextAwareMessage<Object>, MetadataInjectableMessage<Object> {

    private enum State {
        IN_FLIGHT,
        /** Deleted in a transaction that has not ended yet, or that was committed. */
        DELETED,
        /** The transaction that was to delete it was rolled back. */
        ROLLED_BACK,
        SETTLED
    }

    /** The channel that made the delivery. */
    interface Listener {

        /** The messages are settled. */
        void settled(Delivery delivery);

        /** The messages are to be handled again, each alone. False when the channel handles none any more. */
        boolean handleAlone(Delivery delivery, List<ClaimedMessage> messages);

        /** The channel takes no more messages, in none of its copies. */
        void stopChannel();
    }

    private static final Object KEY = Delivery.class;

    private final IncomingSettings settings;
    private final List<ClaimedMessage> messages;
    private final Object payload;
    private final ContextInternal context;
    private final MessageTracing.Handling handling;
    private final Settlement settlement;
    private final Listener listener;
    private final long begun = System.nanoTime();
    private final AtomicReference<State> state = new AtomicReference<>(State.IN_FLIGHT);
    private final AtomicBoolean entered = new AtomicBoolean();
    private final AtomicReference<@Nullable SharedTransaction> shared;
    private volatile Metadata metadata;
    private volatile Runnable onSettled = () -> {};

    /**
     * @param shared the payloads of all messages when they share a transaction; else null
     * @param context on which the handler will run
     */
    Delivery(
            IncomingSettings settings,
            List<ClaimedMessage> messages,
            Object payload,
            Metadata metadata,
            @Nullable SharedTransaction shared,
            ContextInternal context,
            MessageTracing.Handling handling,
            Settlement settlement,
            Listener listener) {
        this.settings = settings;
        this.messages = messages;
        this.payload = payload;
        this.metadata = metadata;
        this.shared = new AtomicReference<>(shared);
        this.context = context;
        this.handling = handling;
        this.settlement = settlement;
        this.listener = listener;
    }

    /** The delivery that the calling handler handles; null outside of handlers of this connector. */
    static @Nullable Delivery current() {
        var context = (ContextInternal) Vertx.currentContext();
        // Another connector may call its handlers on a context that is shared, which has no locals.
        return context == null || !VertxContext.isDuplicatedContext(context) ? null : context.getLocal(KEY);
    }

    /** Log lines of the calling handler name this message from now on. */
    static void logAs(long messageId) {
        VertxMDC.INSTANCE.put("message_id", Long.toString(messageId));
    }

    /** Lets the handler find it. */
    void bindToContext() {
        context.putLocal(KEY, this);
        if (messages.size() == 1) {
            VertxMDC.INSTANCE.put(
                    "message_id", Long.toString(messages.get(0).claim().id()), context);
        }
    }

    @Override
    public Object getPayload() {
        return payload;
    }

    @Override
    public Metadata getMetadata() {
        return metadata;
    }

    @Override
    public void injectMetadata(Object added) {
        metadata = metadata.with(added);
    }

    @Override
    public CompletionStage<Void> ack(@Nullable Metadata ignored) {
        return settlement.succeeded(this);
    }

    @Override
    public Function<Metadata, CompletionStage<Void>> getAckWithMetadata() {
        return this::ack;
    }

    @Override
    public CompletionStage<Void> nack(Throwable failure, @Nullable Metadata ignored) {
        return settlement.failed(this, failure);
    }

    @Override
    public BiFunction<Throwable, Metadata, CompletionStage<Void>> getNackWithMetadata() {
        return this::nack;
    }

    IncomingSettings settings() {
        return settings;
    }

    String queue() {
        return settings.queue();
    }

    List<ClaimedMessage> messages() {
        return messages;
    }

    List<Claim> claims() {
        return messages.stream().map(ClaimedMessage::claim).toList();
    }

    MessageTracing.Handling handling() {
        return handling;
    }

    Listener listener() {
        return listener;
    }

    /** How long it has been in flight. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Whether the caller is the first call of its handler. */
    boolean enter() {
        return entered.compareAndSet(false, true);
    }

    /** What the calling handler has to be called for, once; null when it is called for one message or one list. */
    @Nullable SharedTransaction takeShared() {
        return shared.getAndSet(null);
    }

    /** Calls {@code action} when it is settled. To be set before anybody can settle it. */
    void onSettled(Runnable action) {
        onSettled = action;
    }

    /** Whether the caller is the one to delete the messages in its transaction. */
    boolean beginDelete() {
        return state.compareAndSet(State.IN_FLIGHT, State.DELETED);
    }

    void rolledBack() {
        state.compareAndSet(State.DELETED, State.ROLLED_BACK);
        state.compareAndSet(State.IN_FLIGHT, State.ROLLED_BACK);
    }

    boolean isDeleted() {
        return state.get() == State.DELETED;
    }

    boolean isRolledBack() {
        return state.get() == State.ROLLED_BACK;
    }

    boolean isSettled() {
        return state.get() == State.SETTLED;
    }

    /** Whether the caller is the first to settle it. */
    boolean settle() {
        if (state.getAndSet(State.SETTLED) == State.SETTLED) {
            return false;
        }
        onSettled.run();
        return true;
    }

    /** Whether the caller is the first to settle it, and no transaction is about to delete its messages. */
    boolean settleUnlessDeleted() {
        if (!state.compareAndSet(State.IN_FLIGHT, State.SETTLED)) {
            return false;
        }
        onSettled.run();
        return true;
    }
}
