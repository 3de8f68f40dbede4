package dev.aegis.bench.benchmark;

import dev.aegis.bench.competitor.Competitor;
import dev.aegis.bench.competitor.CompetitorFailure;
import dev.aegis.bench.competitor.ProcessGroup;
import dev.aegis.bench.report.Measurement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The pickup latency of one competitor: one process sends, another handles. */
final class Latency {

    private static final int PAUSE_MS = 50;
    // Long enough that each is taken alone, as those that are measured are.
    private static final int WARM_UP_PAUSE_MS = 6;
    private static final int TO_SETTLE_MS = 1500;
    private static final double TAIL = 0.99;

    private final Environment environment;
    private final Competitor receiver;
    private final ProcessGroup sender;
    private final List<Double> tails = new ArrayList<>();
    private int rounds;

    Latency(Environment environment, Competitor receiver, ProcessGroup sender) {
        this.environment = environment;
        this.receiver = receiver;
        this.sender = sender;
    }

    /** Sends many in a row, so that sender and handler are warm. */
    double warmUp(int messages) throws SQLException {
        return measure(messages, WARM_UP_PAUSE_MS).median();
    }

    /** The median, in milliseconds, of messages that are sent one each 50 ms. Their 99th percentile is kept. */
    double round() throws SQLException {
        var times = measure(environment.settings().pickups(), PAUSE_MS);
        tails.add(times.quantile(TAIL));
        return times.median();
    }

    /** The 99th percentile of each round, in milliseconds. */
    List<Double> tails() {
        return tails;
    }

    /** The tails of those whose medians were measured. */
    static List<Measurement> tails(List<Measurement> medians, Map<String, Latency> latencies) {
        return medians.stream()
                .map(median -> median.failure() != null
                        ? median
                        : Measurement.of(
                                median.competitor(),
                                Objects.requireNonNull(latencies.get(median.competitor()))
                                        .tails()))
                .toList();
    }

    private Measurement measure(int messages, int pauseMs) throws SQLException {
        var limit = environment.settings().limit();
        environment.database().execute(receiver.clearing());
        environment.database().settle();
        receiver.begin("p" + ++rounds);
        sleep(TO_SETTLE_MS);
        receiver.group().takePickups();
        sender.askLast("pickups " + messages + " " + pauseMs, limit);
        var arrived = new ArrayList<Long>();
        var deadline = System.nanoTime() + limit.toNanos();
        while (arrived.size() < messages) {
            arrived.addAll(receiver.group().takePickups());
            if (System.nanoTime() > deadline) {
                throw new CompetitorFailure(
                        receiver.name(),
                        arrived.size() + " of " + messages + " messages arrived in " + limit.toSeconds() + " s");
            }
            sleep(PAUSE_MS);
        }
        receiver.end();
        return Measurement.of(
                receiver.name(), arrived.stream().map(nanos -> nanos / 1e6).toList());
    }

    private static void sleep(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
