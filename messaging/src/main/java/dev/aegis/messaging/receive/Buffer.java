package dev.aegis.messaging.receive;

import dev.aegis.messaging.store.Claim;
import dev.aegis.messaging.store.ClaimedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The messages that were claimed and wait for a handler of this process, in their order. Thread-safe. */
final class Buffer {

    private final ConcurrentLinkedQueue<ClaimedMessage> messages = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private volatile int lowWater;

    void add(ClaimedMessage message) {
        messages.add(message);
        size.incrementAndGet();
    }

    @Nullable ClaimedMessage poll() {
        var message = messages.poll();
        if (message != null) {
            size.decrementAndGet();
        }
        return message;
    }

    /** Takes all messages out, and returns their claims. */
    List<Claim> drain() {
        var claims = new ArrayList<Claim>();
        for (var message = poll(); message != null; message = poll()) {
            claims.add(message.claim());
        }
        return claims;
    }

    int size() {
        return size.get();
    }

    /** At how many messages it is to be filled up. */
    void setLowWater(int messages) {
        lowWater = messages;
    }

    boolean isLow() {
        return size.get() <= lowWater;
    }
}
