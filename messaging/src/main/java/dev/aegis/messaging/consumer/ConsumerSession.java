package dev.aegis.messaging.consumer;

import dev.aegis.messaging.store.ConnectorDatabase;
import dev.aegis.messaging.store.ConsumerStatements;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/**
 * Keeps this process registered as a consumer, and listens for notifications, on one connection and one thread.
 *
 * <p>While it beats, nobody takes its claims. A consumer that stops beating for longer than the timeout is struck from
 * the register by any other one, and its messages wait again. Who was struck but lives learns it at its next beat, and
 * registers anew; its old claims fence themselves.
 */
@Singleton
public class ConsumerSession {

    /** How the channels of notifications are named: this, and the name of the queue. */
    public static final String NOTIFICATIONS = "messaging.";

    private static final Logger LOG = Logger.getLogger(ConsumerSession.class);
    private static final long STOP_CHECK_MILLIS = 500;

    /** What hears of the queues. Called on the thread of the session. */
    public interface Listener {

        /** There may be something to claim from {@code queue}. */
        void wake(String queue);

        /** The claims made until now are lost. */
        void lost();
    }

    private final ConnectorDatabase database;
    private final Duration interval;
    private final Duration timeout;
    private final boolean listens;
    private final Outage outage = new Outage("The consumer session");
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    private volatile Set<String> queues = Set.of();
    private volatile boolean running;
    private volatile long id = -1;
    private volatile long lastBeat = System.nanoTime();
    private long attendedSince;
    private Thread thread = new Thread();

    ConsumerSession(
            ConnectorDatabase database,
            @ConfigProperty(name = "mp.messaging.connector.aegis-postgresql.heartbeat-interval", defaultValue = "2s")
                    Duration interval,
            @ConfigProperty(name = "mp.messaging.connector.aegis-postgresql.heartbeat-timeout", defaultValue = "8s")
                    Duration timeout,
            @ConfigProperty(name = "mp.messaging.connector.aegis-postgresql.listen", defaultValue = "true")
                    boolean listens) {
        if (interval.isNegative() || interval.isZero() || timeout.compareTo(interval.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(
                    "heartbeat-interval must be positive and heartbeat-timeout at least twice"
                            + " as long, but they are " + interval + " and " + timeout);
        }
        this.database = database;
        this.interval = interval;
        this.timeout = timeout;
        this.listens = listens;
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
        thread = new Thread(this::run, "aegis-consumer-session");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the heartbeat and strikes this consumer from the register. */
    public synchronized void stop() {
        if (!running) {
            return;
        }
        running = false;
        thread.interrupt();
        try {
            thread.join(interval.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (id >= 0) {
            try (var connection = database.own()) {
                ConsumerStatements.deregister(connection, id);
                ConsumerStatements.freeOrphans(connection);
            } catch (SQLException e) {
                LOG.warnf("Could not deregister consumer %d; others free its messages in %s: %s", id, timeout, e);
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
        return id >= 0 && System.nanoTime() - lastBeat < timeout.toNanos() / 2;
    }

    private void run() {
        while (running) {
            try (var connection = database.own()) {
                attend(connection);
            } catch (SQLException | RuntimeException e) {
                if (running) {
                    outage.began(e);
                    Pause.of(outage.backoff());
                }
            }
        }
    }

    private void attend(Connection connection) throws SQLException {
        if (id < 0) {
            id = ConsumerStatements.register(
                    connection, queues, host(), ProcessHandle.current().pid());
            ConsumerStatements.freeOrphans(connection);
        }
        if (listens) {
            try (var listen = connection.createStatement()) {
                for (var queue : queues) {
                    listen.execute("LISTEN \"" + NOTIFICATIONS + queue + '"');
                }
            }
        }
        attendedSince = System.nanoTime();
        while (running && beat(connection)) {
            outage.ended();
            hear(connection, interval);
        }
    }

    private boolean beat(Connection connection) throws SQLException {
        var beat = ConsumerStatements.beat(connection, id, timeout);
        if (!beat.registered()) {
            LOG.warnf("Consumer %d was silent for too long; its claims are lost, and it registers anew", id);
            id = -1;
            listeners.forEach(Listener::lost);
            return false;
        }
        var wasAway = !isAlive() || attendedSince > lastBeat;
        lastBeat = System.nanoTime();
        if (wasAway) {
            queues.forEach(this::wake);
        }
        // Who was away itself can't judge others: after an outage of the database all heartbeats are old.
        if (beat.othersSilent() && lastBeat - attendedSince > timeout.toNanos()) {
            rescue(connection);
        }
        return true;
    }

    private void rescue(Connection connection) throws SQLException {
        var expired = ConsumerStatements.expire(connection, timeout);
        var freed = ConsumerStatements.freeOrphans(connection);
        if (!expired.isEmpty()) {
            LOG.warnf("Consumers %s stopped; their messages wait again: %s", expired, freed);
        }
        for (var free : freed) {
            Notifications.send(connection, Set.of(free.queue()));
        }
    }

    private void hear(Connection connection, Duration time) throws SQLException {
        if (!listens) {
            Pause.of(time);
            return;
        }
        var until = System.nanoTime() + time.toNanos();
        var session = connection.unwrap(PGConnection.class);
        for (var left = time.toMillis(); left > 0 && running; left = (until - System.nanoTime()) / 1_000_000) {
            for (var notification : session.getNotifications((int) Math.min(left, STOP_CHECK_MILLIS))) {
                wake(notification.getName().substring(NOTIFICATIONS.length()));
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
