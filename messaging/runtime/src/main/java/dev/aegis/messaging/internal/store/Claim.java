package dev.aegis.messaging.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * One consumer's right to handle one message. A later claim of the same message has a higher attempt or another
 * consumer, so that each statement that names the whole claim is fenced against a consumer that lost it.
 */
public record Claim(
        String queue,
        int priority,
        long id,
        int attempt,
        long consumer,
        @Nullable String orderingKey) {

    /** The ordering group whose next message follows when this one is done; null when it has no ordering key. */
    public @Nullable OrderingGroup orderingGroup() {
        return orderingKey == null ? null : new OrderingGroup(queue, orderingKey);
    }
}
