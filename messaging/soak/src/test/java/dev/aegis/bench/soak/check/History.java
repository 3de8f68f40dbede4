package dev.aegis.bench.soak.check;

import static java.util.stream.Collectors.groupingBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run left behind.
 *
 * @param effects in the order in which they were written
 * @param sent the tasks that committed transactions sent
 * @param beginnings when messages with unique keys were taken the first time, where that is known
 * @param revoked the tasks that committed transactions cancelled in time
 * @param departures of the messages that expire
 */
public record History(
        List<Effect> effects,
        List<DeadLetter> deadLetters,
        Set<String> sent,
        Map<String, Instant> beginnings,
        Set<String> revoked,
        List<Departure> departures) {

    public Map<String, List<Effect>> effectsOfTasks() {
        return effects.stream().collect(groupingBy(Effect::task));
    }

    public Map<String, List<DeadLetter>> deadLettersOfTasks() {
        return deadLetters.stream().collect(groupingBy(DeadLetter::task));
    }
}
