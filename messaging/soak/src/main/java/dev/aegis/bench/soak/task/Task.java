package dev.aegis.bench.soak.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a message.
 *
 * @param id names it in the whole run
 * @param times at how many attempts, counted from the first one, the handler does what {@code behavior} says; it just works
 *     at later ones. Of a sleep: the milliseconds
 * @param sender who sends it, where messages of its ordering key have an order: each sender's rise by {@code sequence}
 * @param onward what the handler sends when it succeeds
 */
public record Task(
        String id,
        HandlerBehavior behavior,
        int times,
        @Nullable String orderingKey,
        @Nullable String sender,
        int sequence,
        @Nullable String uniqueKey,
        List<TestMessage> onward) {}
