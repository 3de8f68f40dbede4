package dev.aegis.bench.competitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process that is measured. */
final class Child implements AutoCloseable {

    private static final Path LOGS = Path.of("messaging", "bench", "target", "logs");
    private static final Duration TO_START = Duration.ofSeconds(60);
    private static final Duration TO_END = Duration.ofSeconds(10);
    private static final String FALLEN = "fallen";

    private final String name;
    private final Process process;
    private final Writer input;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<Long> pickups = new LinkedBlockingQueue<>();
    private final String version;
    private volatile Handled handled = new Handled("", 0);

    private record Handled(String round, long count) {}

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        input = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
        var reader = new Thread(this::listen, "hears-" + name);
        reader.setDaemon(true);
        reader.start();
        version = answer("ready", TO_START);
    }

    /** Starts it, and waits until it says that it is ready. Its chatter goes to a log. */
    static Child start(String name, List<String> command, Map<String, String> environment, Path folder) {
        try {
            Files.createDirectories(LOGS);
            var log = LOGS.resolve(name + ".log").toAbsolutePath().toFile();
            var builder = new ProcessBuilder(command)
                    .directory(folder.toAbsolutePath().toFile())
                    .redirectError(Redirect.appendTo(log));
            builder.environment().putAll(environment);
            var process = builder.start();
            Children.add(process);
            return new Child(name, process);
        } catch (IOException e) {
            throw new CompetitorFailure(name, "does not start: " + e.getMessage());
        }
    }

    /** What it calls itself. */
    String version() {
        return version;
    }

    /** Has it do something, and waits for the result. */
    String ask(String command, Duration limit) {
        try {
            input.write(command + "\n");
            input.flush();
        } catch (IOException e) {
            throw new CompetitorFailure(name, "has fallen, see " + LOGS + "/" + name + ".log");
        }
        return answer("done", limit);
    }

    /** How many messages its handlers were given in a round. */
    long handled(String round) {
        var latest = handled;
        return latest.round.equals(round) ? latest.count : 0;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** How many nanoseconds the messages were under way that arrived since the last call. */
    List<Long> takePickups() {
        var arrived = new ArrayList<Long>();
        pickups.drainTo(arrived);
        return arrived;
    }

    /** Ends it in peace when it can be, as the end of its input asks. */
    @Override
    public void close() {
        try {
            input.close();
            if (!process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
                Children.end(process);
            }
        } catch (IOException e) {
            Children.end(process);
        } catch (InterruptedException e) {
            Children.end(process);
            Thread.currentThread().interrupt();
        }
    }

    private String answer(String expected, Duration limit) {
        try {
            var answer = answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (answer == null) {
                Children.end(process);
                throw new CompetitorFailure(name, "gave no answer in " + limit.toSeconds() + " s, and was ended");
            }
            if (answer.equals(FALLEN)) {
                throw new CompetitorFailure(name, "has fallen, see " + LOGS + "/" + name + ".log");
            }
            var words = answer.split(" ", 2);
            if (!words[0].equals(expected)) {
                throw new CompetitorFailure(name, answer);
            }
            return words.length < 2 ? "" : words[1].strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void listen() {
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("@ ")) {
                    hear(line.substring(2));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // It was ended.
        }
        answers.add(FALLEN);
    }

    private void hear(String line) {
        var words = line.split(" ");
        switch (words[0]) {
            case "handled" -> handled = new Handled(words[1], Long.parseLong(words[2]));
            case "pickup" -> pickups.add(Long.valueOf(words[1]));
            default -> answers.add(line);
        }
    }
}
