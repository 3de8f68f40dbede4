package dev.aegis.bench.benchmark;

import dev.aegis.bench.competitor.Competitor;
import dev.aegis.bench.report.Measurement;
import java.util.List;

/** Measures how fast each competitor empties its queue. */
final class Drains {

    private final Environment environment;
    private final int warmUp;

    Drains(Environment environment, int warmUp) {
        this.environment = environment;
        this.warmUp = warmUp;
    }

    /** How many messages a competitor drains in a round. */
    @FunctionalInterface
    interface Load {
        int of(Competitor competitor);
    }

    /** Warms each up, then measures all in turn: handled and acknowledged per second. */
    List<Measurement> measure(Competitors competitors, Load load) {
        var drain = new Drain(environment.database(), environment.settings().limit());
        var turns = new Interleaved(environment.settings().rounds(), "/s");
        competitors.absent().forEach(turns::fail);
        for (var competitor : competitors.competitors()) {
            turns.warmUp(competitor.name(), () -> drain.round(competitor, Math.min(warmUp, load.of(competitor))));
            turns.add(competitor.name(), () -> drain.round(competitor, load.of(competitor)));
        }
        return turns.run();
    }

    /** The figure of a competitor. */
    static Measurement of(List<Measurement> measurements, String name) {
        return measurements.stream()
                .filter(measurement -> measurement.competitor().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nothing was measured of " + name));
    }
}
