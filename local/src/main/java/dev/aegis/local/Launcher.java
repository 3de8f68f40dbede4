package dev.aegis.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Starts the system, keeps it running, and stops it: the services first, then the database. */
final class Launcher {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

    private final Settings settings;
    private final Log log;
    private final Health health = new Health();
    private final List<ServiceProcess> services = new ArrayList<>();
    private final CompletableFuture<CliException> failure = new CompletableFuture<>();
    private final Watchdog watchdog = Watchdog.start();
    private State state;
    private @Nullable Postgres postgres;
    private boolean stopped;

    Launcher(Settings settings, Log log) {
        this.settings = settings;
        this.log = log;
        this.state = State.starting(settings.addresses());
    }

    /** Returns when everything is healthy. */
    void start() throws InterruptedException {
        startDatabase();
        startServices();
        awaitHealth();
    }

    /** Never returns; throws if a service ends before it was ever healthy. */
    void awaitFailure() throws InterruptedException {
        throw failure.join();
    }

    private synchronized void startDatabase() {
        if (stopped) {
            return;
        }
        save(state);
        if (settings.externalDatabase().isEmpty()) {
            log.line(
                    "aegis",
                    "starting PostgreSQL 16 with its data in " + settings.home().resolve("postgres"));
            postgres = Postgres.start(settings);
            save(state.with("postgres", postgres.process().orElseThrow()));
        } else {
            log.line("aegis", "using the database that DATABASE_URL names");
        }
    }

    private synchronized void startServices() {
        if (stopped) {
            return;
        }
        for (var service : Service.all(settings)) {
            services.add(new ServiceProcess(service, settings, log));
        }
        for (var process : services) {
            process.start(() -> started(process), code -> failed(process, code));
        }
    }

    private void awaitHealth() throws InterruptedException {
        var deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        var waiting = new ArrayList<>(services);
        while (!waiting.isEmpty()) {
            for (var process : List.copyOf(waiting)) {
                if (health.ready(process.service())) {
                    process.wasReady();
                    waiting.remove(process);
                }
            }
            if (System.nanoTime() > deadline) {
                throw waiting.get(0).failedStart("is not healthy after " + START_TIMEOUT.toMinutes() + " minutes");
            }
            pauseUnlessFailed();
        }
        synchronized (this) {
            recordMode();
            save(state.nowReady());
        }
    }

    /** The commands of make use the mode of the last start that succeeded. */
    private void recordMode() {
        try {
            Files.writeString(settings.home().resolve("mode"), "local\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pauseUnlessFailed() throws InterruptedException {
        try {
            throw failure.get(200, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized void started(ServiceProcess process) {
        process.process().ifPresent(running -> save(state.with(process.service().name(), running.toHandle())));
    }

    private void failed(ServiceProcess process, int code) {
        failure.complete(process.failedStart("ended with code " + code + " before it was healthy"));
    }

    private void save(State next) {
        state = next;
        if (!stopped) {
            state.save(settings.home());
            watchdog.watch(
                    Optional.ofNullable(postgres).flatMap(Postgres::process).map(ManagedProcess::of),
                    services.stream()
                            .flatMap(service -> service.process().stream())
                            .filter(Process::isAlive)
                            .map(running -> ManagedProcess.of(running.toHandle()))
                            .toList());
        }
    }

    /** Stops everything that was started. A second call does nothing. */
    void stop() throws InterruptedException {
        synchronized (this) {
            if (stopped) {
                return;
            }
            stopped = true;
        }
        services.forEach(ServiceProcess::stop);
        for (var service : services) {
            service.awaitEnd();
        }
        if (postgres != null) {
            log.line("aegis", "stopping PostgreSQL");
            postgres.close();
        }
        State.forget(settings.home());
        watchdog.close();
    }
}
