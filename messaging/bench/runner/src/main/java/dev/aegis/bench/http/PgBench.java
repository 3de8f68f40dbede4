package dev.aegis.bench.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aegis.bench.competitor.Children;
import dev.aegis.bench.competitor.CompetitorFailure;
import dev.aegis.bench.server.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * PostgreSQL's own benchmark, with the statements that a request needs: what the database alone can do.
 *
 * @param version as the program calls itself
 */
public record PgBench(String version) {

    public static final String NAME = "pgbench, the same statements";

    private static final Path SCRIPTS = Path.of("messaging", "bench", "target", "pgbench");
    private static final Duration TO_END = Duration.ofSeconds(30);
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
    private static final Pattern PROCESSED = Pattern.compile("transactions actually processed: (\\d+)");
    private static final Pattern FAILED = Pattern.compile("failed transactions: (\\d+)");

    /** The one on the path; empty if there is none. */
    public static Optional<PgBench> find() {
        try {
            var output = run(List.of("pgbench", "--version"), "", Duration.ofSeconds(10));
            return Optional.of(new PgBench(output.strip()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Runs a script over and over, with prepared statements, on some connections that one thread serves. */
    public HttpLoad.Result run(String script, Address database, int connections, Duration duration) {
        try {
            Files.createDirectories(SCRIPTS);
            var file = Files.writeString(SCRIPTS.resolve("script.sql"), script);
            var command = List.of(
                    "pgbench",
                    "--no-vacuum",
                    "--protocol=prepared",
                    "--client=" + connections,
                    "--jobs=1",
                    "--time=" + duration.toSeconds(),
                    "--file=" + file,
                    "--host=" + database.host(),
                    "--port=" + database.port(),
                    "--username=" + database.user(),
                    database.name());
            var output = run(command, database.password(), duration.plus(TO_END));
            var failed = FAILED.matcher(output);
            if (failed.find() && !failed.group(1).equals("0")) {
                throw new CompetitorFailure(NAME, failed.group());
            }
            return new HttpLoad.Result(
                    Double.parseDouble(found(RATE, output)), Long.parseLong(found(PROCESSED, output)));
        } catch (IOException e) {
            throw new CompetitorFailure(NAME, String.valueOf(e.getMessage()));
        }
    }

    private static String found(Pattern pattern, String output) throws IOException {
        var found = pattern.matcher(output);
        if (!found.find()) {
            throw new IOException("said no " + pattern + ": " + output);
        }
        return found.group(1);
    }

    private static String run(List<String> command, String password, Duration limit) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", password);
        var process = builder.start();
        Children.add(process);
        try {
            // Its few lines fit into the pipe.
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("took longer than " + limit.toSeconds() + " s");
            }
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.exitValue() != 0) {
                throw new IOException("failed: " + output.strip());
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
