package dev.aegis.bench.soak.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.bench.soak.check.Outcome;
import dev.aegis.bench.soak.task.Step;
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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** One life of a worker. */
final class WorkerProcess {

    private static final Path APPLICATION =
            Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path dump;
    private final Writer input;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Map<Integer, CompletableFuture<Outcome>> underWay = new ConcurrentHashMap<>();
    private volatile boolean doomed;
    private volatile boolean silent;

    private WorkerProcess(Process process, Path dump) {
        this.process = process;
        this.dump = dump;
        input = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
        var reader = new Thread(this::listen, "hears-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a worker.
     *
     * @param log where it says what it does
     * @param dump where its threads are told on SIGQUIT
     */
    static WorkerProcess start(Map<String, String> environment, Path log, Path dump) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                        java,
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-jar",
                        APPLICATION.toString())
                .redirectError(Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return new WorkerProcess(builder.start(), dump);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has it take a step. Completes, never exceptionally, when it answered or died. */
    CompletableFuture<Outcome> take(Step step) {
        var outcome = new CompletableFuture<Outcome>();
        underWay.put(step.number(), outcome);
        try {
            synchronized (input) {
                input.write(JSON.writeValueAsString(step) + "\n");
                input.flush();
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            outcome.complete(Outcome.UNKNOWN);
        }
        if (silent) {
            outcome.complete(Outcome.UNKNOWN);
        }
        return outcome;
    }

    boolean isReady() {
        return !silent && ready.isDone();
    }

    /** Notes that the driver ends it. */
    void doom() {
        doomed = true;
    }

    boolean isDoomed() {
        return doomed;
    }

    long pid() {
        return process.pid();
    }

    Process process() {
        return process;
    }

    /** Sends it a signal by its name. */
    void signal(String name) {
        if (!process.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
                var chatter = Files.newBufferedWriter(dump, CREATE, APPEND)) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("@ ")) {
                    hear(line.substring(2));
                } else {
                    chatter.write(line + "\n");
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // It ended.
        } finally {
            // Before the others are told: who comes later finds it.
            silent = true;
            underWay.values().forEach(outcome -> outcome.complete(Outcome.UNKNOWN));
        }
    }

    private void hear(String line) {
        if (line.equals("ready")) {
            ready.complete(null);
            return;
        }
        var words = line.split(" ", 3);
        if (words.length < 2) {
            return; // It ended in the middle of the line.
        }
        var outcome = underWay.remove(Integer.valueOf(words[0]));
        if (outcome != null) {
            outcome.complete(words[1].equals("done") ? Outcome.DONE : Outcome.FAILED);
        }
    }
}
