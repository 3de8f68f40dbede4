package dev.aegis.messaging.internal.consumer;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Which other consumers are silent: those whose last heartbeat stays the same for too long, on the clock by which this process
 * counts nanoseconds. The times that heartbeats bear don't matter: the clock of the server may be wrong, be set meanwhile, or
 * be that of another server, which took over.
 *
 * <p>For one thread.
 */
final class SilentConsumers {

    private record Heard(String beat, long since) {}

    private final Duration timeout;
    private final Map<Long, Heard> heard = new HashMap<>();

    SilentConsumers(Duration timeout) {
        this.timeout = timeout;
    }

    /** Begins anew: who was away itself can't judge others. */
    void forget() {
        heard.clear();
    }

    /**
     * Those of {@code beats} that are silent for longer than the timeout.
     *
     * @param asked when they were asked for, in the terms of the nano clock
     * @param answered when they were there
     */
    Map<Long, String> among(Map<Long, String> beats, long asked, long answered) {
        heard.keySet().retainAll(beats.keySet());
        beats.forEach((consumer, beat) -> {
            var last = heard.get(consumer);
            if (last == null || !last.beat().equals(beat)) {
                heard.put(consumer, new Heard(beat, answered));
            }
        });
        return beats.entrySet().stream()
                .filter(one ->
                        asked - Objects.requireNonNull(heard.get(one.getKey())).since() > timeout.toNanos())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
