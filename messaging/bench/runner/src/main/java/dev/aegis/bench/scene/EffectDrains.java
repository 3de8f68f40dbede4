package dev.aegis.bench.scene;

import static dev.aegis.bench.report.Bar.EFFECT_ALONE_DB_SCHEDULER;
import static dev.aegis.bench.report.Bar.EFFECT_ALONE_FLOOR;
import static dev.aegis.bench.report.Bar.EFFECT_ALONE_JOBRUNR;
import static dev.aegis.bench.report.Bar.EFFECT_BATCH_FLOOR;
import static dev.aegis.bench.report.Bar.EFFECT_DB_SCHEDULER;
import static dev.aegis.bench.report.Bar.EFFECT_JOBRUNR;

import dev.aegis.bench.contestant.Contestant;
import dev.aegis.bench.contestant.Contestants;
import dev.aegis.bench.contestant.Team;
import dev.aegis.bench.report.Bar;
import dev.aegis.bench.report.Chapter;
import dev.aegis.bench.report.Figure;
import dev.aegis.bench.report.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Handlers that write: one row for each message. */
public final class EffectDrains implements Scene {

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
    public List<Bar> bars() {
        return List.of(
                EFFECT_DB_SCHEDULER,
                EFFECT_JOBRUNR,
                EFFECT_ALONE_DB_SCHEDULER,
                EFFECT_ALONE_JOBRUNR,
                EFFECT_ALONE_FLOOR,
                EFFECT_BATCH_FLOOR);
    }

    @Override
    public Outcome play(Stage stage) {
        try (var cast = cast(stage)) {
            var settings = stage.settings();
            Predicate<String> inBatches = name -> name.equals(BATCH) || name.equals(FLOOR_BATCH);
            var figures = new Drains(stage, Math.min(settings.warmUp(), settings.effects()))
                    .measure(
                            cast,
                            contestant -> inBatches.test(contestant.name()) ? settings.messages() : settings.effects());
            return new Outcome(
                    rows(stage, figures),
                    List.of(
                            chapter("A row for each message", settings.effects(), figures, inBatches.negate()),
                            chapter("A hundred rows for a hundred messages", settings.messages(), figures, inBatches)),
                    cast.versions());
        }
    }

    private static Cast cast(Stage stage) {
        var teams = stage.teams();
        var cast = new Cast();
        cast.add(teams::aegis, List.of(SHARED, ALONE, BATCH), team -> aegis(team, stage));
        if (wantsAny(stage, EFFECT_DB_SCHEDULER, EFFECT_ALONE_DB_SCHEDULER)) {
            cast.add(
                    () -> teams.java("db-scheduler", 1, DB_SCHEDULER_THREADS),
                    List.of(DB_SCHEDULER),
                    team -> List.of(Contestants.dbScheduler(team, "effect")));
        }
        if (wantsAny(stage, EFFECT_JOBRUNR, EFFECT_ALONE_JOBRUNR)) {
            cast.add(
                    () -> teams.java("jobrunr", 1, JOBRUNR_WORKERS),
                    List.of(JOBRUNR),
                    team -> List.of(Contestants.jobRunr(team, "effect")));
        }
        if (wantsAny(stage, EFFECT_ALONE_FLOOR, EFFECT_BATCH_FLOOR)) {
            cast.add(() -> teams.java("floor", 1, 4), List.of(FLOOR_ALONE, FLOOR_BATCH), team -> floor(team, stage));
        }
        return cast;
    }

    private static List<Contestant> aegis(Team team, Stage stage) {
        var parts = new ArrayList<Contestant>();
        if (wantsAny(stage, EFFECT_DB_SCHEDULER, EFFECT_JOBRUNR)) {
            parts.add(Contestants.aegis(SHARED, team, "effect"));
        }
        if (wantsAny(stage, EFFECT_ALONE_DB_SCHEDULER, EFFECT_ALONE_JOBRUNR, EFFECT_ALONE_FLOOR)) {
            parts.add(Contestants.aegis(ALONE, team, "effect-alone"));
        }
        if (stage.wants(EFFECT_BATCH_FLOOR)) {
            parts.add(Contestants.aegis(BATCH, team, "effect-batch"));
        }
        return parts;
    }

    private static List<Contestant> floor(Team team, Stage stage) {
        var parts = new ArrayList<Contestant>();
        if (stage.wants(EFFECT_ALONE_FLOOR)) {
            parts.add(Contestants.floor(FLOOR_ALONE, team, "effect-alone"));
        }
        if (stage.wants(EFFECT_BATCH_FLOOR)) {
            parts.add(Contestants.floor(FLOOR_BATCH, team, "effect-batch"));
        }
        return parts;
    }

    private static boolean wantsAny(Stage stage, Bar... bars) {
        return Arrays.stream(bars).anyMatch(stage::wants);
    }

    private static List<Row> rows(Stage stage, List<Figure> figures) {
        var rows = new ArrayList<Row>();
        against(stage, EFFECT_DB_SCHEDULER, SHARED, DB_SCHEDULER, figures, rows);
        against(stage, EFFECT_JOBRUNR, SHARED, JOBRUNR, figures, rows);
        against(stage, EFFECT_ALONE_DB_SCHEDULER, ALONE, DB_SCHEDULER, figures, rows);
        against(stage, EFFECT_ALONE_JOBRUNR, ALONE, JOBRUNR, figures, rows);
        against(stage, EFFECT_ALONE_FLOOR, ALONE, FLOOR_ALONE, figures, rows);
        against(stage, EFFECT_BATCH_FLOOR, BATCH, FLOOR_BATCH, figures, rows);
        return rows;
    }

    private static void against(Stage stage, Bar bar, String own, String other, List<Figure> figures, List<Row> rows) {
        if (stage.wants(bar)) {
            rows.add(Row.against(bar, Drains.of(figures, own), List.of(Drains.of(figures, other)), "/s"));
        }
    }

    private static Chapter chapter(String title, int messages, List<Figure> figures, Predicate<String> which) {
        return new Chapter(
                title + String.format(Locale.ROOT, ", %,d messages", messages),
                "drained per second",
                figures.stream()
                        .filter(figure -> which.test(figure.contestant()))
                        .toList(),
                true);
    }
}
