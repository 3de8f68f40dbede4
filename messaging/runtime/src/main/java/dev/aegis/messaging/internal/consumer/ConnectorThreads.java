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

    private static final String PATIENCE = "mp.messaging.connector.aegis-postgresql.liveness-timeout";

    private final Duration patience;
    private final Map<String, ThreadWatch> hearts = new ConcurrentHashMap<>();

    ConnectorThreads(@ConfigProperty(name = PATIENCE, defaultValue = "60s") Duration patience) {
        if (patience.toMillis() < 1) {
            throw new IllegalArgumentException(PATIENCE + " is 1 ms or more, not " + patience);
        }
        this.patience = patience;
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
        hearts.forEach((name, heart) -> heart.trouble().ifPresent(reason -> troubles.put(name, reason)));
        return troubles;
    }

    private void live(String name, Consumer<ThreadWatch> life) {
        var heart = new ThreadWatch(name, patience);
        hearts.put(name, heart);
        try {
            life.accept(heart);
            hearts.remove(name);
        } catch (Throwable e) {
            heart.died(e);
        }
    }
}
