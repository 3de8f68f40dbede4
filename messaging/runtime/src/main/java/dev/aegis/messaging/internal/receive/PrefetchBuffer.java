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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one queue that this process has claimed: those that wait for a handler, in their order, and the ids of all
 * that are not settled. Thread-safe.
 */
final class PrefetchBuffer {

    private final Map<Long, Claim> held = new ConcurrentHashMap<>();
    private final Deque<ClaimedMessage> messages = new ArrayDeque<>();
    private final Set<Long> alone = new HashSet<>();
    private final Runnable onArrival;
    private final Consumer<ClaimedMessage> onExpiry;
    private long bytes;
    private int lowWater;
    private boolean closed;

    /**
     * @param onArrival called when messages wait for handlers
     * @param onExpiry is given those whose time is over before a handler could take them
     */
    PrefetchBuffer(Runnable onArrival, Consumer<ClaimedMessage> onExpiry) {
        this.onArrival = onArrival;
        this.onExpiry = onExpiry;
    }

    /** Notes claims that are not settled, so that nobody takes them for lost. Of what is accepted it is done already. */
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

    /** Takes messages that shall be handled. False when the inbox is closed, and then it takes none. */
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
                messages.add(message);
                bytes += message.size();
            }
        }
        onArrival.run();
        return true;
    }

    /**
     * Takes messages back that were handled together in vain: next each of them is handled alone. False when the inbox is
     * closed, and then it takes none.
     */
    boolean takeBack(List<ClaimedMessage> failed) {
        synchronized (this) {
            if (closed) {
                return false;
            }
            for (var i = failed.size() - 1; i >= 0; i--) {
                messages.addFirst(failed.get(i));
                alone.add(failed.get(i).claim().id());
                bytes += failed.get(i).size();
            }
        }
        onArrival.run();
        return true;
    }

    /** Takes all messages out, and takes none any more. */
    synchronized List<ClaimedMessage> close() {
        closed = true;
        return drain();
    }

    /** Forgets all claims: they are lost, and what was not begun is not to be begun. */
    void lose() {
        drain();
        held.clear();
    }

    /**
     * Takes up to {@code most} messages that may be handled together. One that was tried before is handled alone: should it
     * be the one that fails, it takes no others with it.
     */
    synchronized List<ClaimedMessage> poll(int most) {
        var first = next();
        if (first == null) {
            return List.of();
        }
        if (most == 1 || isForItself(first)) {
            return List.of(take());
        }
        var taken = new ArrayList<ClaimedMessage>(Math.min(most, messages.size()));
        for (var next = first; next != null && taken.size() < most && !isForItself(next); next = next()) {
            taken.add(take());
        }
        return taken;
    }

    private @Nullable ClaimedMessage next() {
        while (!messages.isEmpty() && messages.getFirst().isExpired()) {
            onExpiry.accept(take());
        }
        return messages.peekFirst();
    }

    private ClaimedMessage take() {
        var message = messages.removeFirst();
        bytes -= message.size();
        alone.remove(message.claim().id());
        return message;
    }

    private boolean isForItself(ClaimedMessage message) {
        return message.claim().attempt() > 1 || alone.contains(message.claim().id());
    }

    private synchronized List<ClaimedMessage> drain() {
        var drained = List.copyOf(messages);
        messages.clear();
        alone.clear();
        bytes = 0;
        return drained;
    }

    synchronized int size() {
        return messages.size();
    }

    /** The size of the payloads, in bytes. */
    synchronized long bytes() {
        return bytes;
    }

    /** At how many messages it is to be filled up. */
    synchronized void setLowWater(int messages) {
        lowWater = messages;
    }

    synchronized boolean isLow() {
        return messages.size() <= lowWater;
    }
}
