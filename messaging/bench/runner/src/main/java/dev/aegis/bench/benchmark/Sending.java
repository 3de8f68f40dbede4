package dev.aegis.bench.benchmark;

import dev.aegis.bench.competitor.ProcessGroup;
import dev.aegis.bench.report.ResultSection;
import dev.aegis.bench.report.Row;
import dev.aegis.bench.report.RowSpec;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What an emitter adds to transactions that write one row, in the same application. */
public final class Sending implements Benchmark {

    private static final String SEND = "Aegis, one message each";
    private static final String INSERT = "the same insert without a queue";

    @Override
    public List<RowSpec> specs() {
        return List.of(RowSpec.SENDING);
    }

    @Override
    public Outcome play(Environment environment) {
        var settings = environment.settings();
        try (var competitors = new Competitors()) {
            var turns = new Interleaved(settings.rounds(), "/s");
            competitors.add(environment.groups()::aegis, List.of(SEND, INSERT), group -> {
                turns.warmUp(SEND, () -> round(environment, group, "send", settings.warmUp()));
                turns.warmUp(INSERT, () -> round(environment, group, "insert", settings.warmUp()));
                turns.add(SEND, () -> round(environment, group, "send", settings.sends()));
                turns.add(INSERT, () -> round(environment, group, "insert", settings.sends()));
                return List.of();
            });
            competitors.absent().forEach(turns::fail);
            var measurements = turns.run();
            var title = String.format(
                    Locale.ROOT,
                    "Sending, %,d transactions by %d concurrent senders",
                    settings.sends(),
                    settings.senders());
            return new Outcome(
                    List.of(Row.against(
                            RowSpec.SENDING,
                            Drains.of(measurements, SEND),
                            List.of(Drains.of(measurements, INSERT)),
                            "/s")),
                    List.of(new ResultSection(title, "transactions per second", measurements, true)),
                    Set.of());
        }
    }

    static double round(Environment environment, ProcessGroup group, String command, int times) throws SQLException {
        environment.database().execute("TRUNCATE messaging.message, bench.plain");
        environment.database().settle();
        var settings = environment.settings();
        var seconds = group.ask(command + " " + times + " " + settings.senders(), settings.limit());
        environment.database().execute("TRUNCATE messaging.message, bench.plain");
        return times / Double.parseDouble(seconds);
    }
}
