package dev.aegis.messaging.internal.consumer;

import dev.aegis.messaging.internal.settings.ConnectorSettings;
import dev.aegis.messaging.internal.store.ConnectorDatabase;
import dev.aegis.messaging.internal.store.ConsumerStatements;
import dev.aegis.messaging.internal.store.NotifyStatements;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/**
 * Keeps this process registered as a consumer by a heartbeat, and listens for notifications, on one connection and one thread.
 *
 * <p>While its heartbeat is in time, no other consumer takes its claims. A consumer whose heartbeat is late for longer than
 * the timeout is removed by any other one, and its messages wait again. If it is alive after all, it learns of that at its next
 * heartbeat and registers anew; its old claims are fenced.
 */
@Singleton
public class ConsumerRegistration {

    private static final Logger LOG = Logger.getLogger(ConsumerRegistration.class);
    private static final long STOP_CHECK_MILLIS = 500;

    /** Is told of notifications and of lost claims, on the thread of the registration. */
    public interface Listener {

        /** There may be something to claim from {@code queue}. */
        void wake(String queue);

        /** The claims made until now are lost. */
        void lost();
    }

    private final ConnectorDatabase database;
    private final ConnectorSettings settings;
    private final ConnectorThreads threads;
    private final Backoff backoff = new Backoff("The consumer session");
    private final OrphanRescuer rescuer = new OrphanRescuer();
    private final SilentConsumers silent;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile Set<String> queues = Set.of();
    private volatile boolean running;
    private volatile long id = -1;
    private volatile long lastBeat = System.nanoTime();
    private long connectedSince;
    private Thread thread = new Thread();

    ConsumerRegistration(ConnectorDatabase database, ConnectorSettings settings, ConnectorThreads threads) {
        this.database = database;
        this.settings = settings;
        this.silent = new SilentConsumers(settings.heartbeatTimeout());
        this.threads = threads;
    }

    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    public synchronized void start(Set<String> consumed) {
        if (running) {
            return;
        }
        queues = Set.copyOf(consumed);
        running = true;
        thread = threads.create("aegis-consumer-session", this::run);
        thread.start();
    }

    /** Ends the heartbeat and removes the registration. */
    public synchronized void stop() {
        if (!running) {
            return;
        }
        running = false;
        thread.interrupt();
        try {
            thread.join(settings.heartbeatInterval().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (id >= 0) {
            try {
                database.ownTransaction(connection -> rescuer.leave(connection, id));
            } catch (SQLException e) {
                LOG.warnf(
                        "Could not deregister consumer %d; others free its messages in %s: %s",
                        id, settings.heartbeatTimeout(), e);
            }
        }
    }

    /** The consumer to claim for. Negative while there is none, or while its heartbeat is late. */
    public long claimant() {
        return isAlive() ? id : -1;
    }

    /** The consumer as registered last, alive or not. */
    public boolean holds(long consumer) {
        return consumer == id;
    }

    public boolean isAlive() {
        return id >= 0
                && System.nanoTime() - lastBeat < settings.heartbeatTimeout().toNanos() / 2;
    }

    private void run(ThreadWatch watch) {
        while (running) {
            watch.round(() -> connect(watch));
        }
    }

    private void connect(ThreadWatch watch) {
        try (var connection = database.session()) {
            keep(connection, watch);
        } catch (SQLException | RuntimeException e) {
            if (running) {
                backoff.began(e);
                watch.waits(backoff.next());
                Sleeper.of(backoff.next());
            }
        }
    }

    private void keep(Connection connection, ThreadWatch watch) throws SQLException {
        if (id < 0) {
            id = ConsumerStatements.register(
                    connection, queues, host(), ProcessHandle.current().pid());
            rescuer.freeOrphans(connection);
        }
        if (database.keepsSessions()) {
            try (var listen = connection.createStatement()) {
                for (var queue : queues) {
                    listen.execute("LISTEN \"" + NotifyStatements.CHANNEL_PREFIX + queue + '"');
                }
            }
        }
        connectedSince = System.nanoTime();
        silent.forget();
        while (running && beat(connection)) {
            backoff.ended();
            watch.waits(settings.heartbeatInterval());
            awaitNotifications(connection, settings.heartbeatInterval());
            watch.works();
        }
    }

    private boolean beat(Connection connection) throws SQLException {
        var asked = System.nanoTime();
        if (asked - lastBeat > settings.heartbeatTimeout().toNanos() / 2) {
            // After an outage of the database, or a pause of this process, all others may seem silent.
            silent.forget();
        }
        var beat = ConsumerStatements.beat(connection, id);
        if (!beat.registered()) {
            LOG.warnf("Consumer %d was silent for too long; its claims are lost, and it registers anew", id);
            id = -1;
            listeners.forEach(Listener::lost);
            return false;
        }
        var wasAway = !isAlive() || connectedSince > lastBeat;
        lastBeat = System.nanoTime();
        if (wasAway) {
            queues.forEach(this::wake);
        }
        if (lastBeat - asked > settings.heartbeatTimeout().toNanos() / 2) {
            silent.forget();
        }
        var silentOnes = silent.among(beat.others(), asked, lastBeat);
        if (!silentOnes.isEmpty()) {
            rescuer.remove(connection, silentOnes, settings.heartbeatTimeout());
        }
        rescuer.resume(connection);
        return true;
    }

    private void awaitNotifications(Connection connection, Duration time) throws SQLException {
        if (!database.keepsSessions()) {
            Sleeper.of(time);
            return;
        }
        var until = System.nanoTime() + time.toNanos();
        var session = connection.unwrap(PGConnection.class);
        for (var left = time.toMillis(); left > 0 && running; left = (until - System.nanoTime()) / 1_000_000) {
            for (var notification : session.getNotifications((int) Math.min(left, STOP_CHECK_MILLIS))) {
                wake(notification.getName().substring(NotifyStatements.CHANNEL_PREFIX.length()));
            }
        }
    }

    private void wake(String queue) {
        for (var listener : listeners) {
            listener.wake(queue);
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
