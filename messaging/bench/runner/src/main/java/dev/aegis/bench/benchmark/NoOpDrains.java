package dev.aegis.bench.benchmark;

import static dev.aegis.bench.report.RowSpec.DRAIN_BATCH;
import static dev.aegis.bench.report.RowSpec.DRAIN_BATCH_FLOOR;
import static dev.aegis.bench.report.RowSpec.DRAIN_SINGLE;

import dev.aegis.bench.competitor.Competitor;
import dev.aegis.bench.competitor.CompetitorFactory;
import dev.aegis.bench.competitor.ProcessGroup;
import dev.aegis.bench.report.Measurement;
import dev.aegis.bench.report.ResultSection;
import dev.aegis.bench.report.Row;
import dev.aegis.bench.report.RowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Handlers that do nothing: what the queue itself costs. */
public final class NoOpDrains implements Benchmark {

    private static final String SINGLE = "Aegis";
    private static final String BATCH = "Aegis, lists of 100";
    private static final String LEASE = "plain JDBC lease";
    private static final String LEASE_ASYNC = "plain JDBC lease, async claim";
    private static final List<String> PEERS =
            List.of("graphile-worker × 1", "graphile-worker × 2", "pg-boss × 1", "pg-boss × 2");

    @Override
    public List<RowSpec> specs() {
        return List.of(DRAIN_SINGLE, DRAIN_BATCH, DRAIN_BATCH_FLOOR);
    }

    @Override
    public Outcome play(Environment environment) {
        try (var competitors = competitors(environment)) {
            var settings = environment.settings();
            var measurements =
                    new Drains(environment, settings.warmUp()).measure(competitors, competitor -> settings.messages());
            var title = "No-op handlers, " + String.format(Locale.ROOT, "%,d", settings.messages()) + " messages";
            return new Outcome(
                    rows(environment, measurements),
                    List.of(new ResultSection(title, "drained per second", measurements, true)),
                    competitors.versions());
        }
    }

    private static Competitors competitors(Environment environment) {
        var groups = environment.groups();
        var competitors = new Competitors();
        var batch = environment.wants(DRAIN_BATCH) || environment.wants(DRAIN_BATCH_FLOOR);
        competitors.add(
                groups::aegis, List.of(SINGLE, BATCH), group -> aegis(group, environment.wants(DRAIN_SINGLE), batch));
        if (environment.wants(DRAIN_SINGLE) || environment.wants(DRAIN_BATCH)) {
            competitors.add(
                    () -> groups.node("graphile-worker", "graphile.mjs", 2),
                    PEERS.subList(0, 2),
                    group -> List.of(CompetitorFactory.graphile(group, 1), CompetitorFactory.graphile(group, 2)));
            competitors.add(
                    () -> groups.node("pg-boss", "pgboss.mjs", 2),
                    PEERS.subList(2, 4),
                    group -> List.of(CompetitorFactory.pgBoss(group, 1), CompetitorFactory.pgBoss(group, 2)));
        }
        if (environment.wants(DRAIN_BATCH_FLOOR)) {
            competitors.add(
                    () -> groups.java("floor", 1, 4),
                    List.of(LEASE, LEASE_ASYNC),
                    group -> List.of(
                            CompetitorFactory.floor(LEASE, group, "lease"),
                            CompetitorFactory.floor(LEASE_ASYNC, group, "lease-async")));
        }
        return competitors;
    }

    private static List<Competitor> aegis(ProcessGroup group, boolean single, boolean batch) {
        var parts = new ArrayList<Competitor>();
        if (single) {
            parts.add(CompetitorFactory.aegis(SINGLE, group, "single"));
        }
        if (batch) {
            parts.add(CompetitorFactory.aegis(BATCH, group, "batch"));
        }
        return parts;
    }

    private static List<Row> rows(Environment environment, List<Measurement> measurements) {
        var peers = measurements.stream()
                .filter(measurement -> PEERS.contains(measurement.competitor()))
                .toList();
        var rows = new ArrayList<Row>();
        if (environment.wants(DRAIN_SINGLE)) {
            rows.add(Row.against(DRAIN_SINGLE, Drains.of(measurements, SINGLE), peers, "/s"));
        }
        if (environment.wants(DRAIN_BATCH)) {
            rows.add(Row.against(DRAIN_BATCH, Drains.of(measurements, BATCH), peers, "/s"));
        }
        if (environment.wants(DRAIN_BATCH_FLOOR)) {
            var floors = List.of(Drains.of(measurements, LEASE), Drains.of(measurements, LEASE_ASYNC));
            rows.add(Row.against(DRAIN_BATCH_FLOOR, Drains.of(measurements, BATCH), floors, "/s"));
        }
        return rows;
    }
}
