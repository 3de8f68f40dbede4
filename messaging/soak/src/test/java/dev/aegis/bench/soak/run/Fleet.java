package dev.aegis.bench.soak.run;

import dev.aegis.bench.soak.task.HandlerBehavior;
import dev.aegis.testing.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The workers. Who dies is started again. */
final class Fleet implements AutoCloseable {

    private static final Duration TO_START = Duration.ofMinutes(2);
    private static final Duration TO_END = Duration.ofMinutes(1);

    private final Database database;
    private final Log log;
    private final List<WorkerProcess> workers = new ArrayList<>();
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final Thread reaper = new Thread(this::close, "reaper");
    private boolean closing;

    Fleet(Database database, Log log) {
        this.database = database;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    /** Starts the workers; the first one lays the tables. */
    void start(int count) {
        for (var i = 0; i < count; i++) {
            begin(i, i == 0);
            if (i == 0) {
                Waiting.until("the first worker is ready", TO_START, worker(0)::isReady);
            }
        }
        Waiting.until("all workers are ready", TO_START, () -> all().stream().allMatch(WorkerProcess::isReady));
    }

    synchronized WorkerProcess worker(int number) {
        return workers.get(number);
    }

    synchronized List<WorkerProcess> all() {
        return List.copyOf(workers);
    }

    /** What workers did that nobody asked them to. */
    List<String> troubles() {
        return troubles;
    }

    /** Ends all workers as an operator would, and waits until they have ended. */
    void stop() {
        synchronized (this) {
            closing = true;
        }
        all().forEach(worker -> worker.signal("TERM"));
        for (var worker : all()) {
            if (!ended(worker)) {
                troubles.add("the worker with pid " + worker.pid() + " did not end within " + TO_END + " of SIGTERM");
            }
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closing = true;
        }
        all().forEach(worker -> worker.process().destroyForcibly());
    }

    private static boolean ended(WorkerProcess worker) {
        try {
            return worker.process().waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized void begin(int number, boolean first) {
        if (closing) {
            return;
        }
        var worker = WorkerProcess.start(
                environment(number, first),
                log.file("worker-" + number + ".log"),
                log.file("worker-" + number + ".threads"));
        if (number < workers.size()) {
            workers.set(number, worker);
        } else {
            workers.add(worker);
        }
        worker.process().onExit().thenAccept(ended -> ended(number, worker));
    }

    private synchronized void ended(int number, WorkerProcess worker) {
        var code = worker.process().exitValue();
        if (closing) {
            return;
        }
        if (code == HandlerBehavior.HALTED) {
            log.say("a task ended worker " + number);
        } else if (!worker.isDoomed()) {
            troubles.add("worker " + number + " ended by itself with code " + code);
            log.say("worker " + number + " ended by itself with code " + code);
        }
        begin(number, false);
    }

    private Map<String, String> environment(int number, boolean first) {
        var environment = new HashMap<String, String>();
        var separator = database.jdbcUrl().contains("?") ? "&" : "?";
        environment.put(
                "QUARKUS_DATASOURCE_JDBC_URL",
                database.jdbcUrl() + separator + "ApplicationName=soak-worker-" + number + "&connectTimeout=5");
        environment.put("QUARKUS_DATASOURCE_USERNAME", database.username());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", database.password());
        // The others start while the database is away too.
        environment.put("MP_MESSAGING_CONNECTOR_AEGIS_POSTGRESQL_MIGRATE_AT_START", Boolean.toString(first));
        environment.put("SOAK_MIGRATE_AT_START", Boolean.toString(first));
        environment.put("SOAK_WORKER", Integer.toString(number));
        return environment;
    }
}
