package dev.aegis.bench.soak.check;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** When the messages that expire did so, and whether before they were handled. */
final class Lifetimes {

    /** The clocks of a process and of the database may drift apart by so much while a message waits in the process. */
    private static final Duration DRIFT = Duration.ofMillis(100);

    /** How long a message may take from the connector to its handler, on a busy machine. */
    private static final Duration TO_BEGIN = Duration.ofSeconds(1);

    private final Map<String, Departure> departures;

    Lifetimes(List<Departure> departures) {
        this.departures = departures.stream().collect(toMap(Departure::task, Function.identity()));
    }

    /** Whether the message of {@code task} was there until its time was over. */
    boolean isOver(String task) {
        var departure = departures.get(task);
        return departure != null
                && !departure.leftAt().isBefore(departure.expiresAt().minus(DRIFT));
    }

    /** Whether the handler was called when the time of its message was over. */
    boolean isTooLate(Effect effect) {
        var departure = departures.get(effect.task());
        return departure != null
                && effect.calledAt().isAfter(departure.expiresAt().plus(TO_BEGIN));
    }
}
