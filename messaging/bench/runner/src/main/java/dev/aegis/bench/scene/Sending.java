package dev.aegis.bench.scene;

import dev.aegis.bench.contestant.Team;
import dev.aegis.bench.report.Bar;
import dev.aegis.bench.report.Chapter;
import dev.aegis.bench.report.Row;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What an emitter adds to transactions that write one row, in the same application. */
public final class Sending implements Scene {

    private static final String SEND = "Aegis, one message each";
    private static final String INSERT = "the same insert without a queue";

    @Override
    public List<Bar> bars() {
        return List.of(Bar.SENDING);
    }

    @Override
    public Outcome play(Stage stage) {
        var settings = stage.settings();
        try (var cast = new Cast()) {
            var turns = new Interleaved(settings.rounds(), "/s");
            cast.add(stage.teams()::aegis, List.of(SEND, INSERT), team -> {
                turns.warmUp(SEND, () -> round(stage, team, "send", settings.warmUp()));
                turns.warmUp(INSERT, () -> round(stage, team, "insert", settings.warmUp()));
                turns.add(SEND, () -> round(stage, team, "send", settings.sends()));
                turns.add(INSERT, () -> round(stage, team, "insert", settings.sends()));
                return List.of();
            });
            cast.absent().forEach(turns::fail);
            var figures = turns.run();
            var title = String.format(
                    Locale.ROOT,
                    "Sending, %,d transactions by %d concurrent senders",
                    settings.sends(),
                    settings.senders());
            return new Outcome(
                    List.of(Row.against(
                            Bar.SENDING, Drains.of(figures, SEND), List.of(Drains.of(figures, INSERT)), "/s")),
                    List.of(new Chapter(title, "transactions per second", figures, true)),
                    Set.of());
        }
    }

    static double round(Stage stage, Team team, String command, int times) throws SQLException {
        stage.database().execute("TRUNCATE messaging.message, bench.plain");
        stage.database().settle();
        var settings = stage.settings();
        var seconds = team.ask(command + " " + times + " " + settings.senders(), settings.limit());
        stage.database().execute("TRUNCATE messaging.message, bench.plain");
        return times / Double.parseDouble(seconds);
    }
}
