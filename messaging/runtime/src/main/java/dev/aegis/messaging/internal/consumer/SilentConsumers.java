package dev.aegis.messaging.internal.consumer;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Detects consumers that are silent: those whose last heartbeat stays the same for longer than the timeout, by the monotonic
 * clock of this process. The times in the heartbeats are not compared with any clock, because that of the server may be wrong,
 * be set, or be that of another server after a failover.
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

    /** Begins anew: a process that was away itself can't tell whether others were silent. */
    void forget() {
        heard.clear();
    }

    /**
     * Those of {@code beats} that are silent for longer than the timeout.
     *
     * @param asked when they were asked for, in the terms of {@link System#nanoTime}
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
