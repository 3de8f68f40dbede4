package dev.aegis.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Ends the processes of an earlier run whose launcher was killed together with its watchdog. */
final class StaleProcessCleanup {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private StaleProcessCleanup() {}

    static void end(Lock lock, Log log) throws InterruptedException {
        var home = lock.home();
        var processes = State.load(home).map(State::processes).orElse(Map.of());
        for (var entry : processes.entrySet()) {
            var process = entry.getValue().running();
            if (process.isPresent() && !entry.getKey().equals("postgres")) {
                log.line("aegis", "stopping the " + entry.getKey() + " that an earlier run left behind");
                process.get().destroy();
                if (!within(() -> entry.getValue().running().isEmpty())) {
                    process.get().destroyForcibly();
                }
            }
        }
        endDatabase(home.resolve("postgres"), log);
        State.forget(home);
    }

    private static void endDatabase(Path data, Log log) throws InterruptedException {
        try {
            var process = Postgres.runningOn(data);
            if (process.isPresent()) {
                log.line("aegis", "stopping the PostgreSQL that an earlier run left behind");
                new ProcessBuilder("kill", "-INT", Long.toString(process.get().pid()))
                        .start()
                        .waitFor();
                if (!within(() -> Postgres.runningOn(data).isEmpty())) {
                    throw new CliException("A PostgreSQL of an earlier run, process "
                            + process.get().pid() + ", does not stop: stop it with `kill -QUIT "
                            + process.get().pid() + "` and try again.");
                }
            }
            // PostgreSQL does not start while a process has the pid that the file holds, even if it is another program.
            Files.deleteIfExists(Postgres.pidFile(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean within(BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(100);
        }
        return true;
    }
}
