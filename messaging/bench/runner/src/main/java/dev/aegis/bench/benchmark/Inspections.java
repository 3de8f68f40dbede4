package dev.aegis.bench.benchmark;

import dev.aegis.bench.Settings;
import dev.aegis.bench.competitor.CompetitorFailure;
import dev.aegis.bench.http.HttpService;
import dev.aegis.bench.report.Measurement;
import dev.aegis.bench.server.Database;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Asks an api for inspections, and watches the database for their outcome. */
final class Inspections {

    // As good as new, to be mended, and beyond repair.
    private static final String SHIELDS = """
            TRUNCATE public.shield, public.inspection;
            INSERT INTO public.shield (id, name, defense_rating)
            SELECT number, 'Shield ' || number, number %% 101 FROM generate_series(1, %d) number""";

    private static final String UNFINISHED =
            "SELECT EXISTS (SELECT FROM public.inspection WHERE state IN ('requested', 'running'))";
    private static final String DONE =
            "SELECT count(*) FROM public.inspection WHERE state IN ('passed', 'repaired', 'condemned')";
    private static final String IS_DONE =
            "SELECT state IN ('passed', 'repaired', 'condemned') FROM public.inspection WHERE id = ?";
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)[,}]");

    private static final long LOOK_FOR_ALL_MICROS = 20_000;
    private static final long LOOK_FOR_ONE_MICROS = 100;
    private static final long PAUSE_MICROS = 50_000;
    private static final long WARM_UP_PAUSE_MICROS = 2000;
    private static final int WARM_UP_TIMES = 10;

    private final String name;
    private final Settings settings;
    private final Database database;
    private final HttpService api;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Inspections(String name, Settings settings, Database database, HttpService api) {
        this.name = name;
        this.settings = settings;
        this.database = database;
        this.api = api;
    }

    /** Asks for the inspection of many shields by one request: inspections per second, from the request to the last outcome. */
    double all() throws SQLException {
        var count = settings.inspections();
        prepare(count);
        var ids = IntStream.rangeClosed(1, count).mapToObj(String::valueOf).collect(Collectors.joining(","));
        var begun = System.nanoTime();
        var deadline = begun + settings.limit().toNanos();
        var answer = post("/inspections", "{\"shield_ids\":[" + ids + "]}");
        if (!answer.body().contains("\"count\":" + count + ",")) {
            throw new CompetitorFailure(name, "did not take all: " + start(answer.body()));
        }
        while (database.value(UNFINISHED).equals("t")) {
            sleep(LOOK_FOR_ALL_MICROS, deadline);
        }
        var seconds = (System.nanoTime() - begun) / 1e9;
        var done = Integer.parseInt(database.value(DONE));
        if (done != count) {
            throw new CompetitorFailure(
                    name, done + " of " + count + " inspections have an outcome, the others failed");
        }
        return count / seconds;
    }

    /** Asks for one inspection after the other: the median, in milliseconds, from the request to the outcome. */
    double oneByOne() throws SQLException {
        return median(settings.outcomes(), PAUSE_MICROS);
    }

    /** The same many times and in quick succession, so that all that takes part is warm. */
    double warmUpOneByOne() throws SQLException {
        return median(WARM_UP_TIMES * settings.outcomes(), WARM_UP_PAUSE_MICROS);
    }

    private double median(int times, long pauseMicros) throws SQLException {
        prepare(times);
        var millis = new ArrayList<Double>();
        try (var isDone = database.connection().prepareStatement(IS_DONE)) {
            for (var shield = 1; shield <= times; shield++) {
                millis.add(follow(shield, isDone));
                sleep(pauseMicros, Long.MAX_VALUE);
            }
        }
        return Measurement.of(name, millis).median();
    }

    private double follow(int shield, PreparedStatement isDone) throws SQLException {
        var begun = System.nanoTime();
        var deadline = begun + settings.limit().toNanos();
        var answer = post("/shields/" + shield + "/inspections", "");
        var id = ID.matcher(answer.body());
        if (!id.find()) {
            throw new CompetitorFailure(name, "answered without an id: " + start(answer.body()));
        }
        isDone.setLong(1, Long.parseLong(id.group(1)));
        while (!isTrue(isDone)) {
            sleep(LOOK_FOR_ONE_MICROS, deadline);
        }
        return (System.nanoTime() - begun) / 1e6;
    }

    private static boolean isTrue(PreparedStatement statement) throws SQLException {
        try (var row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    private void prepare(int shields) throws SQLException {
        database.execute(String.format(Locale.ROOT, SHIELDS, shields));
        database.settle();
    }

    private HttpResponse<String> post(String path, String body) {
        var request = HttpRequest.newBuilder(api.uri(path))
                .timeout(settings.limit())
                .header("Content-Type", "application/json")
                .POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            var answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 202) {
                throw new CompetitorFailure(name, "answered " + answer.statusCode() + ": " + start(answer.body()));
            }
            return answer;
        } catch (IOException e) {
            throw new CompetitorFailure(name, "did not answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void sleep(long micros, long deadline) {
        if (System.nanoTime() > deadline) {
            throw new CompetitorFailure(
                    name, "was not done in " + settings.limit().toSeconds() + " s");
        }
        try {
            TimeUnit.MICROSECONDS.sleep(micros);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String start(String text) {
        return text.substring(0, Math.min(text.length(), 200));
    }
}
