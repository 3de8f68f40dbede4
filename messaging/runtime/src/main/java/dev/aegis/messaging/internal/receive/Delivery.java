package dev.aegis.messaging.internal.receive;

import dev.aegis.messaging.internal.store.Claim;
import dev.aegis.messaging.internal.store.ClaimedMessage;
import dev.aegis.messaging.internal.telemetry.MessageTracing;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What one call of a handler was given: one message, or those of a batch. Bound to the Vert.x context on which the handler
 * runs. Thread-safe.
 */
final class Delivery {

    private enum State {
        UNDER_WAY,
        /** Deleted in a transaction that has not ended yet, or that was committed. */
        DELETED,
        /** The transaction that was to delete it was rolled back. */
        ROLLED_BACK,
        SETTLED
    }

    private static final Object KEY = Delivery.class;

    private final String channel;
    private final List<ClaimedMessage> all;
    private final MessageTracing.Handling handling;
    private final long begun = System.nanoTime();
    private final AtomicReference<State> state = new AtomicReference<>(State.UNDER_WAY);
    private final AtomicBoolean entered = new AtomicBoolean();
    private final AtomicReference<@Nullable SharedTransaction> series = new AtomicReference<>();
    private volatile List<ClaimedMessage> messages;
    private volatile Runnable onSettled = () -> {};

    Delivery(String channel, List<ClaimedMessage> messages, MessageTracing.Handling handling) {
        this.channel = channel;
        this.all = messages;
        this.messages = messages;
        this.handling = handling;
    }

    /** The delivery that the calling handler handles; null outside of handlers of this connector. */
    static @Nullable Delivery current() {
        var context = (ContextInternal) Vertx.currentContext();
        return context == null ? null : context.getLocal(KEY);
    }

    void bindTo(ContextInternal context) {
        context.putLocal(KEY, this);
    }

    /** The channel on which it was delivered. */
    String channel() {
        return channel;
    }

    /** Whether the caller is the first call of its handler. */
    boolean enter() {
        return entered.compareAndSet(false, true);
    }

    /** What the handler handles. */
    List<ClaimedMessage> messages() {
        return messages;
    }

    /** What was delivered, with what the handler could not be given. */
    List<ClaimedMessage> all() {
        return all;
    }

    /** Leaves out what the handler can't be given, and what is settled on its own. */
    void restrictTo(List<ClaimedMessage> readable) {
        messages = readable;
    }

    /** Its messages are for a handler of single ones. */
    void deliver(SharedTransaction toHandle) {
        series.set(toHandle);
    }

    /** What the calling handler has to be called for, once; null when there is only what it was called for. */
    @Nullable SharedTransaction takeSeries() {
        return series.getAndSet(null);
    }

    String queue() {
        return all.get(0).claim().queue();
    }

    List<Claim> claims() {
        return messages.stream().map(ClaimedMessage::claim).toList();
    }

    MessageTracing.Handling handling() {
        return handling;
    }

    /** How long it has been under way. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Calls {@code action} when it is settled. To be set before anybody can settle it. */
    void onSettled(Runnable action) {
        onSettled = action;
    }

    /** Whether the caller is the one to delete the messages in its transaction. */
    boolean beginDelete() {
        return state.compareAndSet(State.UNDER_WAY, State.DELETED);
    }

    void rolledBack() {
        state.compareAndSet(State.DELETED, State.ROLLED_BACK);
        state.compareAndSet(State.UNDER_WAY, State.ROLLED_BACK);
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
        if (!state.compareAndSet(State.UNDER_WAY, State.SETTLED)) {
            return false;
        }
        onSettled.run();
        return true;
    }
}
