package dev.aegis.messaging.internal.consumer;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The threads of the connector, which can be asked whether all of them can go on. */
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

    /** A daemon thread, not started yet. It is watched from its start until {@code life} returns. */
    public Thread create(String name, Consumer<ThreadWatch> life) {
        var thread = new Thread(() -> live(name, life), name);
        thread.setDaemon(true);
        return thread;
    }

    /** Why threads can't go on, by their names; empty while all can. */
    public Map<String, String> troubles() {
        var troubles = new TreeMap<String, String>();
        watches.forEach((name, watch) -> watch.trouble().ifPresent(reason -> troubles.put(name, reason)));
        return troubles;
    }

    private void live(String name, Consumer<ThreadWatch> life) {
        var watch = new ThreadWatch(name, timeout);
        watches.put(name, watch);
        try {
            life.accept(watch);
            watches.remove(name);
        } catch (Throwable e) {
            watch.died(e);
        }
    }
}
