package dev.aegis.bench.benchmark;

import static dev.aegis.bench.report.RowSpec.EFFECT_ALONE_DB_SCHEDULER;
import static dev.aegis.bench.report.RowSpec.EFFECT_ALONE_FLOOR;
import static dev.aegis.bench.report.RowSpec.EFFECT_ALONE_JOBRUNR;
import static dev.aegis.bench.report.RowSpec.EFFECT_BATCH_FLOOR;
import static dev.aegis.bench.report.RowSpec.EFFECT_DB_SCHEDULER;
import static dev.aegis.bench.report.RowSpec.EFFECT_JOBRUNR;

import dev.aegis.bench.competitor.Competitor;
import dev.aegis.bench.competitor.CompetitorFactory;
import dev.aegis.bench.competitor.ProcessGroup;
import dev.aegis.bench.report.Measurement;
import dev.aegis.bench.report.ResultSection;
import dev.aegis.bench.report.Row;
import dev.aegis.bench.report.RowSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Handlers that write: one row for each message. */
public final class EffectDrains implements Benchmark {

    private static final String SHARED = "Aegis, 50 calls in a transaction";
    private static final String ALONE = "Aegis, each in a transaction";
    private static final String BATCH = "Aegis, lists of 100";
    private static final String DB_SCHEDULER = "db-scheduler";
    private static final String JOBRUNR = "JobRunr";
    private static final String FLOOR_ALONE = "plain JDBC, each in a transaction";
    private static final String FLOOR_BATCH = "plain JDBC, 100 in a transaction";

    private static final int DB_SCHEDULER_THREADS = 20;
    private static final int JOBRUNR_WORKERS = 64;

    @Override
    public List<RowSpec> specs() {
        return List.of(
                EFFECT_DB_SCHEDULER,
                EFFECT_JOBRUNR,
                EFFECT_ALONE_DB_SCHEDULER,
                EFFECT_ALONE_JOBRUNR,
                EFFECT_ALONE_FLOOR,
                EFFECT_BATCH_FLOOR);
    }

    @Override
    public Outcome play(Environment environment) {
        try (var competitors = competitors(environment)) {
            var settings = environment.settings();
            Predicate<String> inBatches = name -> name.equals(BATCH) || name.equals(FLOOR_BATCH);
            var measurements = new Drains(environment, Math.min(settings.warmUp(), settings.effects()))
                    .measure(
                            competitors,
                            competitor -> inBatches.test(competitor.name()) ? settings.messages() : settings.effects());
            return new Outcome(
                    rows(environment, measurements),
                    List.of(
                            section("A row for each message", settings.effects(), measurements, inBatches.negate()),
                            section(
                                    "A hundred rows for a hundred messages",
                                    settings.messages(),
                                    measurements,
                                    inBatches)),
                    competitors.versions());
        }
    }

    private static Competitors competitors(Environment environment) {
        var groups = environment.groups();
        var competitors = new Competitors();
        competitors.add(groups::aegis, List.of(SHARED, ALONE, BATCH), group -> aegis(group, environment));
        if (wantsAny(environment, EFFECT_DB_SCHEDULER, EFFECT_ALONE_DB_SCHEDULER)) {
            competitors.add(
                    () -> groups.java("db-scheduler", 1, DB_SCHEDULER_THREADS),
                    List.of(DB_SCHEDULER),
                    group -> List.of(CompetitorFactory.dbScheduler(group, "effect")));
        }
        if (wantsAny(environment, EFFECT_JOBRUNR, EFFECT_ALONE_JOBRUNR)) {
            competitors.add(
                    () -> groups.java("jobrunr", 1, JOBRUNR_WORKERS),
                    List.of(JOBRUNR),
                    group -> List.of(CompetitorFactory.jobRunr(group, "effect")));
        }
        if (wantsAny(environment, EFFECT_ALONE_FLOOR, EFFECT_BATCH_FLOOR)) {
            competitors.add(
                    () -> groups.java("floor", 1, 4),
                    List.of(FLOOR_ALONE, FLOOR_BATCH),
                    group -> floor(group, environment));
        }
        return competitors;
    }

    private static List<Competitor> aegis(ProcessGroup group, Environment environment) {
        var parts = new ArrayList<Competitor>();
        if (wantsAny(environment, EFFECT_DB_SCHEDULER, EFFECT_JOBRUNR)) {
            parts.add(CompetitorFactory.aegis(SHARED, group, "effect"));
        }
        if (wantsAny(environment, EFFECT_ALONE_DB_SCHEDULER, EFFECT_ALONE_JOBRUNR, EFFECT_ALONE_FLOOR)) {
            parts.add(CompetitorFactory.aegis(ALONE, group, "effect-alone"));
        }
        if (environment.wants(EFFECT_BATCH_FLOOR)) {
            parts.add(CompetitorFactory.aegis(BATCH, group, "effect-batch"));
        }
        return parts;
    }

    private static List<Competitor> floor(ProcessGroup group, Environment environment) {
        var parts = new ArrayList<Competitor>();
        if (environment.wants(EFFECT_ALONE_FLOOR)) {
            parts.add(CompetitorFactory.floor(FLOOR_ALONE, group, "effect-alone"));
        }
        if (environment.wants(EFFECT_BATCH_FLOOR)) {
            parts.add(CompetitorFactory.floor(FLOOR_BATCH, group, "effect-batch"));
        }
        return parts;
    }

    private static boolean wantsAny(Environment environment, RowSpec... specs) {
        return Arrays.stream(specs).anyMatch(environment::wants);
    }

    private static List<Row> rows(Environment environment, List<Measurement> measurements) {
        var rows = new ArrayList<Row>();
        against(environment, EFFECT_DB_SCHEDULER, SHARED, DB_SCHEDULER, measurements, rows);
        against(environment, EFFECT_JOBRUNR, SHARED, JOBRUNR, measurements, rows);
        against(environment, EFFECT_ALONE_DB_SCHEDULER, ALONE, DB_SCHEDULER, measurements, rows);
        against(environment, EFFECT_ALONE_JOBRUNR, ALONE, JOBRUNR, measurements, rows);
        against(environment, EFFECT_ALONE_FLOOR, ALONE, FLOOR_ALONE, measurements, rows);
        against(environment, EFFECT_BATCH_FLOOR, BATCH, FLOOR_BATCH, measurements, rows);
        return rows;
    }

    private static void against(
            Environment environment,
            RowSpec spec,
            String own,
            String other,
            List<Measurement> measurements,
            List<Row> rows) {
        if (environment.wants(spec)) {
            rows.add(Row.against(spec, Drains.of(measurements, own), List.of(Drains.of(measurements, other)), "/s"));
        }
    }

    private static ResultSection section(
            String title, int messages, List<Measurement> measurements, Predicate<String> which) {
        return new ResultSection(
                title + String.format(Locale.ROOT, ", %,d messages", messages),
                "drained per second",
                measurements.stream()
                        .filter(measurement -> which.test(measurement.competitor()))
                        .toList(),
                true);
    }
}
