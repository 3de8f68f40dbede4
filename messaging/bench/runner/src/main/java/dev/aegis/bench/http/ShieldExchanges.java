package dev.aegis.bench.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the api, and those that are to do the same, are asked for. */
public final class ShieldExchanges {

    /** Fills the empty table with the shields that are read, of which each has its number as its id. */
    public static final String FILL = """
            INSERT INTO public.shield (id, name, defense_rating)
            SELECT number, 'Shield ' || number, number %% 101 FROM generate_series(1, %d) number""";

    private static final String NAME = "Dragon Scale";
    private static final int RATING = 95;
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)[,}]");

    private ShieldExchanges() {}

    /** Reads one of the shields 1 to {@code shields}, drawn by lot. */
    public static Supplier<Exchange> reading(int shields) {
        var reads = IntStream.rangeClosed(1, shields).mapToObj(Read::of).toList();
        return () -> reads.get(ThreadLocalRandom.current().nextInt(shields));
    }

    /** Adds a shield. */
    public static Supplier<Exchange> adding() {
        var exchange = Add.of();
        return () -> exchange;
    }

    /** A request to which any answer is right that says it is. */
    public static Supplier<Exchange> anything() {
        var exchange = new Anything(Read.of(1).request());
        return () -> exchange;
    }

    private static byte[] bytes(String request) {
        return request.replace("\n", "\r\n").getBytes(UTF_8);
    }

    private static @Nullable String missing(HttpAnswer answer, List<String> fields) {
        return fields.stream()
                .filter(field -> !answer.body().contains(field))
                .findFirst()
                .map(field -> "the answer lacks " + field)
                .orElse(null);
    }

    private record Read(byte[] request, List<String> fields) implements Exchange {
        static Read of(int id) {
            return new Read(
                    bytes("GET /shields/" + id + " HTTP/1.1\nHost: localhost\nAccept: application/json\n\n"),
                    List.of(
                            "\"id\":" + id + ",",
                            "\"name\":\"Shield " + id + "\"",
                            "\"defense_rating\":" + id % 101 + ",",
                            "\"created_at\":\"",
                            "\"inspected_at\":null"));
        }

        @Override
        public @Nullable String complaint(HttpAnswer answer) {
            return answer.status() == 200 ? missing(answer, fields) : "the status is not 200";
        }
    }

    private record Add(byte[] request, List<String> fields) implements Exchange {
        static Add of() {
            var body = "{\"name\":\"" + NAME + "\",\"defense_rating\":" + RATING + "}";
            return new Add(
                    bytes("POST /shields HTTP/1.1\nHost: localhost\nAccept: application/json\n"
                            + "Content-Type: application/json\nContent-Length: " + body.length() + "\n\n" + body),
                    List.of(
                            "\"name\":\"" + NAME + "\"",
                            "\"defense_rating\":" + RATING + ",",
                            "\"created_at\":\"",
                            "\"inspected_at\":null"));
        }

        @Override
        public @Nullable String complaint(HttpAnswer answer) {
            if (answer.status() != 201) {
                return "the status is not 201";
            }
            var id = ID.matcher(answer.body());
            var location = answer.header("location");
            return !id.find() || location == null || !location.endsWith("/shields/" + id.group(1))
                    ? "the header Location is not the address of the shield"
                    : missing(answer, fields);
        }
    }

    private record Anything(byte[] request) implements Exchange {
        @Override
        public @Nullable String complaint(HttpAnswer answer) {
            return answer.status() == 200 ? null : "the status is not 200";
        }
    }
}
