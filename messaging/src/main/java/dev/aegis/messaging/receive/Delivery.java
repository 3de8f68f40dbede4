package dev.aegis.messaging.receive;

import dev.aegis.messaging.store.Claim;
import dev.aegis.messaging.store.ClaimedMessage;
import dev.aegis.messaging.telemetry.MessageTracing;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One message under way in one handler. Bound to the Vert.x context on which the handler runs. Thread-safe. */
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

    private final ClaimedMessage message;
    private final MessageTracing.Handling handling;
    private final long begun = System.nanoTime();
    private final AtomicReference<State> state = new AtomicReference<>(State.UNDER_WAY);

    Delivery(ClaimedMessage message, MessageTracing.Handling handling) {
        this.message = message;
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

    ClaimedMessage message() {
        return message;
    }

    MessageTracing.Handling handling() {
        return handling;
    }

    /** How long it has been under way. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    Claim claim() {
        return message.claim();
    }

    /** Whether the caller is the one to delete the message in its transaction. */
    boolean beginDelete() {
        return state.compareAndSet(State.UNDER_WAY, State.DELETED);
    }

    void rolledBack() {
        state.set(State.ROLLED_BACK);
    }

    boolean isDeleted() {
        return state.get() == State.DELETED;
    }

    boolean isRolledBack() {
        return state.get() == State.ROLLED_BACK;
    }

    /** Whether the caller is the first to settle it. */
    boolean settle() {
        return state.getAndSet(State.SETTLED) != State.SETTLED;
    }
}
