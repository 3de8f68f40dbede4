package dev.aegis.bench.scene;

import dev.aegis.bench.contestant.Contestant;
import dev.aegis.bench.report.Figure;
import java.util.List;

/** Measures the drains of a cast. */
final class Drains {

    private final Stage stage;
    private final int warmUp;

    Drains(Stage stage, int warmUp) {
        this.stage = stage;
        this.warmUp = warmUp;
    }

    /** How many messages a contestant drains in a round. */
    @FunctionalInterface
    interface Load {
        int of(Contestant contestant);
    }

    /** Warms each up, then measures all in turn: handled and acknowledged per second. */
    List<Figure> measure(Cast cast, Load load) {
        var drain = new Drain(stage.database(), stage.settings().limit());
        var turns = new Interleaved(stage.settings().rounds(), "/s");
        cast.absent().forEach(turns::fail);
        for (var contestant : cast.contestants()) {
            turns.warmUp(contestant.name(), () -> drain.round(contestant, Math.min(warmUp, load.of(contestant))));
            turns.add(contestant.name(), () -> drain.round(contestant, load.of(contestant)));
        }
        return turns.run();
    }

    /** The figure of a contestant. */
    static Figure of(List<Figure> figures, String name) {
        return figures.stream()
                .filter(figure -> figure.contestant().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nothing was measured of " + name));
    }
}
