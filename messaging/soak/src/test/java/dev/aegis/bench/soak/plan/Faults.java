package dev.aegis.bench.soak.plan;

import dev.aegis.bench.soak.plan.Fault.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Draws faults: each kind at least once. */
final class Faults {

    private static final double FIRST = 0.02;
    private static final double LAST = 0.92;
    private static final int MOST = 120;

    private Faults() {}

    static List<Fault> draw(Random random, int messages, int workers) {
        var kinds = new ArrayList<>(List.of(Kind.values()));
        var count = Math.min(MOST, 14 + messages / 1500);
        while (kinds.size() < count) {
            kinds.add(kind(random));
        }
        return kinds.stream()
                .map(kind -> new Fault(
                        FIRST + random.nextDouble() * (LAST - FIRST),
                        kind,
                        random.nextInt(workers),
                        0.02 + random.nextDouble() * 0.08,
                        Queues.ALL.get(random.nextInt(Queues.ALL.size())),
                        random.nextLong()))
                .sorted(Comparator.comparingDouble(Fault::at))
                .toList();
    }

    private static Kind kind(Random random) {
        var all = Arrays.stream(Kind.values()).mapToInt(kind -> kind.weight).sum();
        var left = random.nextInt(all);
        for (var kind : Kind.values()) {
            left -= kind.weight;
            if (left < 0) {
                return kind;
            }
        }
        throw new AssertionError(left);
    }
}
