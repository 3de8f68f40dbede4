package dev.aegis.bench.scene;

import dev.aegis.bench.Progress;
import dev.aegis.bench.contestant.Contestant;
import dev.aegis.bench.contestant.ContestantFailure;
import dev.aegis.bench.contestant.Team;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** The contestants of a scene, in the order of their turns. A team that can't be started fails its contestants alone. */
final class Cast implements AutoCloseable {

    private final List<Team> teams = new ArrayList<>();
    private final List<Contestant> contestants = new ArrayList<>();
    private final Map<String, String> absent = new LinkedHashMap<>();
    private final Set<String> versions = new TreeSet<>();

    /** Starts a team, with what it plays. The names say whose figures are missing when it can't be started. */
    void add(Supplier<Team> start, List<String> names, Function<Team, List<Contestant>> parts) {
        try {
            var team = start.get();
            teams.add(team);
            versions.add(team.version());
            contestants.addAll(parts.apply(team));
        } catch (ContestantFailure e) {
            Progress.say("%s", String.valueOf(e.getMessage()));
            names.forEach(name -> absent.put(name, String.valueOf(e.getMessage())));
        }
    }

    List<Contestant> contestants() {
        return contestants;
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
        teams.forEach(Team::close);
    }
}
