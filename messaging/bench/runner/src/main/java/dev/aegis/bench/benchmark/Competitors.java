package dev.aegis.bench.benchmark;

import dev.aegis.bench.Progress;
import dev.aegis.bench.competitor.Competitor;
import dev.aegis.bench.competitor.CompetitorFailure;
import dev.aegis.bench.competitor.ProcessGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** The competitors of a benchmark, in the order of their turns. Processes that do not start fail their competitors alone. */
final class Competitors implements AutoCloseable {

    private final List<ProcessGroup> groups = new ArrayList<>();
    private final List<Competitor> competitors = new ArrayList<>();
    private final Map<String, String> absent = new LinkedHashMap<>();
    private final Set<String> versions = new TreeSet<>();

    /** Starts processes and adds the competitors that they run. The names say whose figures are missing when they do not start. */
    void add(Supplier<ProcessGroup> start, List<String> names, Function<ProcessGroup, List<Competitor>> parts) {
        try {
            var group = start.get();
            groups.add(group);
            versions.add(group.version());
            competitors.addAll(parts.apply(group));
        } catch (CompetitorFailure e) {
            Progress.say("%s", String.valueOf(e.getMessage()));
            names.forEach(name -> absent.put(name, String.valueOf(e.getMessage())));
        }
    }

    List<Competitor> competitors() {
        return competitors;
    }

    /** Who is missing, and why. */
    Map<String, String> absent() {
        return absent;
    }

    Set<String> versions() {
        return versions;
    }

    @Override
    public void close() {
        groups.forEach(ProcessGroup::close);
    }
}
