package dev.aegis.messaging.internal.consumer;

import dev.aegis.messaging.internal.settings.ConnectorSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The threads of the connector, and whether each of them makes progress. */
@Singleton
public class ConnectorThreads {

    private final Duration timeout;
    private final Map<String, ThreadWatch> watches = new ConcurrentHashMap<>();

    @Inject
    ConnectorThreads(ConnectorSettings settings) {
        this(settings.livenessTimeout());
    }

    /** @param timeout how long a thread may be stuck */
    ConnectorThreads(Duration timeout) {
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
