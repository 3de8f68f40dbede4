package dev.aegis.messaging.receive;

import dev.aegis.messaging.store.Claim;
import dev.aegis.messaging.store.ClaimedMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** The messages that were claimed and wait for a handler of this process, in their order. Thread-safe. */
final class Buffer {

    private final Deque<ClaimedMessage> messages = new ArrayDeque<>();
    private long bytes;
    private int lowWater;

    synchronized void addAll(Collection<ClaimedMessage> more) {
        for (var message : more) {
            messages.add(message);
            bytes += message.size();
        }
    }

    /**
     * Takes up to {@code most} messages that may be handled together. One that was tried before is handled alone: should it
     * be the one that fails, it takes no others with it.
     */
    synchronized List<ClaimedMessage> poll(int most) {
        if (messages.isEmpty()) {
            return List.of();
        }
        if (most == 1 || isRetried(messages.getFirst())) {
            return List.of(take());
        }
        var taken = new ArrayList<ClaimedMessage>(Math.min(most, messages.size()));
        while (taken.size() < most && !messages.isEmpty() && !isRetried(messages.getFirst())) {
            taken.add(take());
        }
        return taken;
    }

    private ClaimedMessage take() {
        var message = messages.removeFirst();
        bytes -= message.size();
        return message;
    }

    private static boolean isRetried(ClaimedMessage message) {
        return message.claim().attempt() > 1;
    }

    /** Takes all messages out, and returns their claims. */
    synchronized List<Claim> drain() {
        var claims = messages.stream().map(ClaimedMessage::claim).toList();
        messages.clear();
        bytes = 0;
        return claims;
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
