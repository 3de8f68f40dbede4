package dev.aegis.messaging.internal.consumer;

import dev.aegis.messaging.internal.store.ConnectorDatabase;
import dev.aegis.messaging.internal.store.NotifyStatements;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Tells consumers that messages were committed. A notification inside the sender's transaction would serialise all
 * commits of the server, so it is sent after the commit, from a thread and a transaction of its own, and at most once for
 * each queue in {@value #SPACING_MILLIS} milliseconds. When one is lost, consumers find the messages at their next poll.
 */
@Singleton
public class Notifier {

    private static final long SPACING_MILLIS = 5;

    private static final Logger LOG = Logger.getLogger(Notifier.class);

    private final ConnectorDatabase database;
    private final Set<String> pending = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean running = true;

    Notifier(ConnectorDatabase database, ConnectorThreads threads) {
        this.database = database;
        thread = threads.create("aegis-notifier", this::run);
        thread.start();
    }

    /** Wakes the consumers of {@code queues} soon. Does not block. */
    public void signal(Collection<String> queues) {
        if (pending.addAll(queues)) {
            LockSupport.unpark(thread);
        }
    }

    private void run(ThreadWatch watch) {
        while (running) {
            if (pending.isEmpty()) {
                watch.waits();
                LockSupport.park(this);
            } else {
                watch.round(this::notifyConsumers);
                pause();
            }
        }
    }

    /** Sleeps rather than parks: each sender unparks this thread. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(SPACING_MILLIS);
        } catch (InterruptedException e) {
            // Nobody does that. With the flag set again, it would not pause any more.
            LOG.debug("The pause between two notifications was interrupted", e);
        }
    }

    private void notifyConsumers() {
        var queues = Set.copyOf(pending);
        pending.removeAll(queues);
        try (var connection = database.own()) {
            NotifyStatements.send(connection, queues);
        } catch (SQLException e) {
            LOG.debugf("Consumers of %s were not woken, and find their messages at the next poll: %s", queues, e);
        }
    }

    @PreDestroy
    void stop() {
        running = false;
        LockSupport.unpark(thread);
    }
}
