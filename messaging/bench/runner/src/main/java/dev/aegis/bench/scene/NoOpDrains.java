package dev.aegis.bench.scene;

import static dev.aegis.bench.report.Bar.DRAIN_BATCH;
import static dev.aegis.bench.report.Bar.DRAIN_BATCH_FLOOR;
import static dev.aegis.bench.report.Bar.DRAIN_SINGLE;

import dev.aegis.bench.contestant.Contestant;
import dev.aegis.bench.contestant.Contestants;
import dev.aegis.bench.contestant.Team;
import dev.aegis.bench.report.Bar;
import dev.aegis.bench.report.Chapter;
import dev.aegis.bench.report.Figure;
import dev.aegis.bench.report.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Handlers that do nothing: what the queue itself costs. */
public final class NoOpDrains implements Scene {

    private static final String SINGLE = "Aegis";
    private static final String BATCH = "Aegis, lists of 100";
    private static final String LEASE = "plain JDBC lease";
    private static final String LEASE_ASYNC = "plain JDBC lease, async claim";
    private static final List<String> PEERS =
            List.of("graphile-worker × 1", "graphile-worker × 2", "pg-boss × 1", "pg-boss × 2");

    @Override
    public List<Bar> bars() {
        return List.of(DRAIN_SINGLE, DRAIN_BATCH, DRAIN_BATCH_FLOOR);
    }

    @Override
    public Outcome play(Stage stage) {
        try (var cast = cast(stage)) {
            var settings = stage.settings();
            var figures = new Drains(stage, settings.warmUp()).measure(cast, contestant -> settings.messages());
            var title = "No-op handlers, " + String.format(Locale.ROOT, "%,d", settings.messages()) + " messages";
            return new Outcome(
                    rows(stage, figures),
                    List.of(new Chapter(title, "drained per second", figures, true)),
                    cast.versions());
        }
    }

    private static Cast cast(Stage stage) {
        var teams = stage.teams();
        var cast = new Cast();
        var batch = stage.wants(DRAIN_BATCH) || stage.wants(DRAIN_BATCH_FLOOR);
        cast.add(teams::aegis, List.of(SINGLE, BATCH), team -> aegis(team, stage.wants(DRAIN_SINGLE), batch));
        if (stage.wants(DRAIN_SINGLE) || stage.wants(DRAIN_BATCH)) {
            cast.add(
                    () -> teams.node("graphile-worker", "graphile.mjs", 2),
                    PEERS.subList(0, 2),
                    team -> List.of(Contestants.graphile(team, 1), Contestants.graphile(team, 2)));
            cast.add(
                    () -> teams.node("pg-boss", "pgboss.mjs", 2),
                    PEERS.subList(2, 4),
                    team -> List.of(Contestants.pgBoss(team, 1), Contestants.pgBoss(team, 2)));
        }
        if (stage.wants(DRAIN_BATCH_FLOOR)) {
            cast.add(
                    () -> teams.java("floor", 1, 4),
                    List.of(LEASE, LEASE_ASYNC),
                    team -> List.of(
                            Contestants.floor(LEASE, team, "lease"),
                            Contestants.floor(LEASE_ASYNC, team, "lease-async")));
        }
        return cast;
    }

    private static List<Contestant> aegis(Team team, boolean single, boolean batch) {
        var parts = new ArrayList<Contestant>();
        if (single) {
            parts.add(Contestants.aegis(SINGLE, team, "single"));
        }
        if (batch) {
            parts.add(Contestants.aegis(BATCH, team, "batch"));
        }
        return parts;
    }

    private static List<Row> rows(Stage stage, List<Figure> figures) {
        var peers = figures.stream()
                .filter(figure -> PEERS.contains(figure.contestant()))
                .toList();
        var rows = new ArrayList<Row>();
        if (stage.wants(DRAIN_SINGLE)) {
            rows.add(Row.against(DRAIN_SINGLE, Drains.of(figures, SINGLE), peers, "/s"));
        }
        if (stage.wants(DRAIN_BATCH)) {
            rows.add(Row.against(DRAIN_BATCH, Drains.of(figures, BATCH), peers, "/s"));
        }
        if (stage.wants(DRAIN_BATCH_FLOOR)) {
            var floors = List.of(Drains.of(figures, LEASE), Drains.of(figures, LEASE_ASYNC));
            rows.add(Row.against(DRAIN_BATCH_FLOOR, Drains.of(figures, BATCH), floors, "/s"));
        }
        return rows;
    }
}
