package dev.aegis.messaging.internal.receive;

import dev.aegis.messaging.internal.store.Claim;
import dev.aegis.messaging.internal.store.ClaimedMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one queue that this process has claimed: those that wait for a handler, in their order, and the claims of
 * all that are not settled. It holds as many beside those in flight as were handled lately in a tenth of a second, so that a
 * fast handler never waits for the database, and a slow one leaves the messages to other processes. Thread-safe.
 */
final class PrefetchBuffer {

    private static final double HORIZON_SECONDS = 0.1;

    private final Map<Long, Claim> held = new ConcurrentHashMap<>();
    private final Deque<ClaimedMessage> waiting = new ArrayDeque<>();
    private final Set<Long> alone = new HashSet<>();
    private final List<Runnable> onArrival = new CopyOnWriteArrayList<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong handled = new AtomicLong();
    private final int limit;
    private final Runnable onLow;
    private final Consumer<ClaimedMessage> onExpiry;
    private long bytes;
    private int target = 1;
    private int lowWaterMark;
    private volatile boolean stopped;
    private boolean closed;
    private long handledBefore;
    private long since = System.nanoTime();

    /**
     * @param limit the most messages to hold beside those in flight; 0 to claim for free handlers only
     * @param onLow called when few messages are left, and for each that is settled where the next one waits for that
     * @param onExpiry is given those that expired before a handler took them
     */
    PrefetchBuffer(int limit, Runnable onLow, Consumer<ClaimedMessage> onExpiry) {
        this.limit = limit;
        this.onLow = onLow;
        this.onExpiry = onExpiry;
    }

    /** Calls {@code channel} whenever messages have come for it to poll. */
    void onArrival(Runnable channel) {
        onArrival.add(channel);
    }

    /** Notes claims that are not settled, so that they are not taken for lost. {@link #accept} does it, too. */
    void hold(Collection<ClaimedMessage> claimed) {
        claimed.forEach(message -> held.put(message.claim().id(), message.claim()));
    }

    /** Forgets claims that are settled, or given back; not a later claim of the same message. */
    void release(Collection<ClaimedMessage> settled) {
        settled.forEach(message -> held.remove(message.claim().id(), message.claim()));
    }

    /** The ids of the claims that are not settled. */
    Collection<Long> held() {
        return held.keySet();
    }

    /** Takes messages that shall be handled. False when the buffer is closed: then it takes none. */
    boolean accept(Collection<ClaimedMessage> more) {
        if (more.isEmpty()) {
            return true;
        }
        hold(more);
        synchronized (this) {
            if (closed) {
                return false;
            }
            for (var message : more) {
                waiting.add(message);
                bytes += message.size();
            }
        }
        onArrival.forEach(Runnable::run);
        return true;
    }

    /** Takes back messages that a handler has; each is handled alone next. False when the buffer is closed: then it takes none. */
    boolean takeBack(List<ClaimedMessage> failed) {
        synchronized (this) {
            if (closed) {
                return false;
            }
            for (var i = failed.size() - 1; i >= 0; i--) {
                waiting.addFirst(failed.get(i));
                alone.add(failed.get(i).claim().id());
                bytes += failed.get(i).size();
            }
            inFlight.addAndGet(-failed.size());
        }
        onArrival.forEach(Runnable::run);
        return true;
    }

    /** From now on it hands out nothing, and calls {@code onLow} for each message that is settled. */
    void stop() {
        stopped = true;
    }

    /** Takes all waiting messages out, and takes none any more. */
    synchronized List<ClaimedMessage> close() {
        closed = true;
        return drain();
    }

    /** Forgets all claims: they are lost, and what no handler has is not to be handled. */
    void lose() {
        drain();
        held.clear();
    }

    /**
     * Takes up to {@code limit} messages that may be handled together. One that was tried before is handled alone: should it
     * fail again, no other fails with it.
     */
    List<ClaimedMessage> poll(int limit) {
        List<ClaimedMessage> taken;
        boolean isLow;
        synchronized (this) {
            if (stopped) {
                return List.of();
            }
            taken = take(limit);
            inFlight.addAndGet(taken.size());
            isLow = isLow();
        }
        if (taken.isEmpty() || isLow) {
            onLow.run();
        }
        return taken;
    }

    private List<ClaimedMessage> take(int limit) {
        var first = next();
        if (first == null) {
            return List.of();
        }
        if (limit == 1 || isForItself(first)) {
            return List.of(remove());
        }
        var taken = new ArrayList<ClaimedMessage>(Math.min(limit, waiting.size()));
        for (var next = first; next != null && taken.size() < limit && !isForItself(next); next = next()) {
            taken.add(remove());
        }
        return taken;
    }

    private @Nullable ClaimedMessage next() {
        while (!waiting.isEmpty() && waiting.getFirst().isExpired()) {
            onExpiry.accept(remove());
        }
        return waiting.peekFirst();
    }

    private ClaimedMessage remove() {
        var message = waiting.removeFirst();
        bytes -= message.size();
        alone.remove(message.claim().id());
        return message;
    }

    private boolean isForItself(ClaimedMessage message) {
        return message.claim().attempt() > 1 || alone.contains(message.claim().id());
    }

    private synchronized List<ClaimedMessage> drain() {
        var drained = List.copyOf(waiting);
        waiting.clear();
        alone.clear();
        bytes = 0;
        return drained;
    }

    /** Messages that were taken are settled. */
    void settled(List<ClaimedMessage> messages) {
        release(messages);
        handled.addAndGet(messages.size());
        inFlight.addAndGet(-messages.size());
        if (limit == 0 || stopped) {
            onLow.run();
        }
    }

    /** How many messages wait for a handler. */
    synchronized int size() {
        return waiting.size();
    }

    /** How many messages handlers have. */
    int inFlight() {
        return inFlight.get();
    }

    /** The size of the payloads that wait, in bytes. */
    synchronized long bytes() {
        return bytes;
    }

    private boolean isLow() {
        return waiting.size() <= lowWaterMark;
    }

    /**
     * How many messages to claim now; none when zero or less. For the thread that claims.
     *
     * @param free how many messages the handlers would take now
     */
    synchronized int demand(int free) {
        if (limit == 0) {
            return free - waiting.size();
        }
        if (free == 0 && inFlight() == 0) {
            return 0;
        }
        adapt(Math.max(1, free));
        lowWaterMark = target / 2;
        return isLow() ? Math.max(target, free) - waiting.size() : 0;
    }

    private void adapt(int least) {
        var now = System.nanoTime();
        var seconds = (now - since) / 1e9;
        var handledNow = handled.get();
        var perHorizon = (handledNow - handledBefore) / seconds * HORIZON_SECONDS;
        // Up at once, down by halves: one pause of a fast handler is no sign that it became slow.
        target = (int) Math.max(Math.min(least, limit), Math.min(limit, Math.max(perHorizon, target / 2.0)));
        since = now;
        handledBefore = handledNow;
    }
}
