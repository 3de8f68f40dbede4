package dev.aegis.bench.http;

import dev.aegis.bench.competitor.CompetitorFailure;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Supplier;

/**
 * Sends one request after the other on each of some connections, and checks each answer. One thread serves them all, so
 * that the client leaves the processor to what is measured.
 *
 * @param name        whose failure a wrong answer is
 * @param connections how many requests are under way at a time
 */
public record HttpLoad(String name, int port, int connections, Supplier<Exchange> exchanges) {

    private static final Duration TO_ANSWER = Duration.ofSeconds(30);

    /**
     * What came of it.
     *
     * @param rate     answers per second in the time that was to be measured
     * @param answered all answers, with those of the requests that were under way when that time was over
     */
    public record Result(double rate, long answered) {}

    /** Keeps the service busy for some time. An answer that is wrong, or doesn't come, fails the service. */
    public Result run(Duration duration) {
        var open = new ArrayList<HttpConnection>();
        try (var selector = Selector.open()) {
            try {
                var begun = System.nanoTime();
                for (var i = 0; i < connections; i++) {
                    open.add(new HttpConnection(selector, port, exchanges.get()));
                }
                return measure(selector, begun, begun + duration.toNanos());
            } finally {
                for (var connection : open) {
                    connection.close();
                }
            }
        } catch (IOException | IllegalStateException e) {
            throw new CompetitorFailure(name, String.valueOf(e.getMessage()));
        }
    }

    private Result measure(Selector selector, long begun, long end) throws IOException {
        var inTime = 0L;
        var answered = 0L;
        var underWay = connections;
        while (underWay > 0) {
            if (selector.select(TO_ANSWER.toMillis()) == 0) {
                throw new IOException("gave no answer in " + TO_ANSWER.toSeconds() + " s");
            }
            var keys = selector.selectedKeys();
            for (var key : keys) {
                var connection = (HttpConnection) key.attachment();
                if (!check(key, connection)) {
                    continue;
                }
                answered++;
                if (System.nanoTime() < end) {
                    inTime++;
                    connection.send(exchanges.get());
                } else {
                    underWay--;
                }
            }
            keys.clear();
        }
        return new Result(inTime / ((end - begun) / 1e9), answered);
    }

    /** Whether an answer has come to its end. */
    private boolean check(SelectionKey key, HttpConnection connection) throws IOException {
        if (!key.isValid()) {
            return false;
        }
        var answer = connection.receive();
        if (answer == null) {
            return false;
        }
        var complaint = connection.exchange().complaint(answer);
        if (complaint != null) {
            throw new IOException(
                    complaint + ": " + answer.head().lines().findFirst().orElse("") + " " + answer.body());
        }
        return true;
    }
}
