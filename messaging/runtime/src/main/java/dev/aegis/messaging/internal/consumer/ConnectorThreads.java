package dev.aegis.messaging.internal.consumer;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The threads of the connector, and whether each of them makes progress. */
@Singleton
public class ConnectorThreads {

    private static final String LIVENESS_TIMEOUT = "mp.messaging.connector.aegis-postgresql.liveness-timeout";

    private final Duration timeout;
    private final Map<String, ThreadWatch> watches = new ConcurrentHashMap<>();

    ConnectorThreads(@ConfigProperty(name = LIVENESS_TIMEOUT, defaultValue = "60s") Duration timeout) {
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException(LIVENESS_TIMEOUT + " is 1 ms or more, not " + timeout);
        }
        this.timeout = timeout;
    }

    /** A daemon thread, not started yet. It is watched from its start until {@code run} returns. */
    public Thread create(String name, Consumer<ThreadWatch> run) {
        var thread = new Thread(() -> run(name, run), name);
        thread.setDaemon(true);
        return thread;
    }

    /** Why threads make no progress, by their names; empty while all do. */
    public Map<String, String> problems() {
        var problems = new TreeMap<String, String>();
        watches.forEach((name, watch) -> watch.problem().ifPresent(reason -> problems.put(name, reason)));
        return problems;
    }

    private void run(String name, Consumer<ThreadWatch> run) {
        var watch = new ThreadWatch(name, timeout);
        watches.put(name, watch);
        try {
            run.accept(watch);
            watches.remove(name);
        } catch (Throwable e) {
            watch.died(e);
        }
    }
}
