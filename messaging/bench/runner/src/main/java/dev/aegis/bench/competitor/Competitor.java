package dev.aegis.bench.competitor;

import java.time.Duration;

/**
 * A library in one configuration.
 *
 * @param name       for the reader
 * @param group       its processes
 * @param processes  how many of them take part
 * @param kind       what its handler does, as its processes call it
 * @param clearing   empties its tables
 * @param unfinished asks whether any message is unfinished
 */
public record Competitor(
        String name, ProcessGroup group, int processes, String kind, String clearing, String unfinished) {

    private static final Duration TO_BEGIN = Duration.ofSeconds(60);

    /** Makes messages wait. */
    public void load(int count, Duration limit) {
        group.ask("load " + kind + " " + count, limit);
    }

    /** Lets its handlers run. The name of the round distinguishes what they say from what they said before. */
    public void begin(String round) {
        group.first(processes).forEach(child -> child.ask("drain " + kind + " " + round, TO_BEGIN));
    }

    /** Stops its handlers. */
    public void end() {
        group.first(processes).forEach(child -> child.ask("halt " + kind, TO_BEGIN));
    }

    /** How many messages its handlers were given in the round. */
    public long handled(String round) {
        return group.first(processes).stream()
                .mapToLong(child -> child.handled(round))
                .sum();
    }

    /** Fails when one of its processes has ended. */
    public void check() {
        if (!group.first(processes).stream().allMatch(Child::isAlive)) {
            throw new CompetitorFailure(name, "one of its processes has ended");
        }
    }
}
