package dev.aegis.messaging.internal.settle;

import dev.aegis.messaging.internal.consumer.Backoff;
import dev.aegis.messaging.internal.consumer.ConnectorThreads;
import dev.aegis.messaging.internal.consumer.ConsumerRegistration;
import dev.aegis.messaging.internal.consumer.Notifier;
import dev.aegis.messaging.internal.consumer.Sleeper;
import dev.aegis.messaging.internal.consumer.ThreadWatch;
import dev.aegis.messaging.internal.store.Claim;
import dev.aegis.messaging.internal.store.ConnectorDatabase;
import dev.aegis.messaging.internal.store.SettleStatements;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Deletes the messages of handlers without a transaction of their own, after these completed: in one statement all that were
 * handled while the previous one ran. Those that a crash keeps from being deleted are handled again.
 */
@Singleton
public class Acknowledger {

    private static final int MAX_BATCH = 2000;
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(Acknowledger.class);

    private final ConnectorDatabase database;
    private final ConsumerRegistration registration;
    private final Notifier notifier;
    private final Backoff backoff = new Backoff("The acknowledging of messages");
    private final BlockingQueue<Claim> handled = new LinkedBlockingQueue<>();
    private final Set<Long> pending = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean running = true;
    private boolean started;

    Acknowledger(
            ConnectorDatabase database,
            ConsumerRegistration registration,
            Notifier notifier,
            ConnectorThreads threads) {
        this.database = database;
        this.registration = registration;
        this.notifier = notifier;
        this.thread = threads.create("aegis-acknowledger", this::run);
    }

    /** Removes the message of {@code claim} soon. Does not block. */
    public void acknowledge(Claim claim) {
        pending.add(claim.id());
        handled.add(claim);
    }

    /** The ids of the messages that are acknowledged and may not be removed yet. */
    public Collection<Long> pending() {
        return pending;
    }

    public synchronized void start() {
        if (!started) {
            started = true;
            thread.start();
        }
    }

    /** Removes what was acknowledged, and ends; waits for that at most {@code timeout}. */
    public synchronized void stop(Duration timeout) {
        running = false;
        try {
            thread.join(timeout.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!handled.isEmpty()) {
            LOG.warnf("%d handled messages could not be removed, and will be handled again", handled.size());
        }
    }

    private void run(ThreadWatch watch) {
        while (running || !handled.isEmpty()) {
            watch.waits(IDLE);
            var claims = next();
            var ids = claims.stream().map(Claim::id).toList();
            watch.works();
            while (!claims.isEmpty() && !delete(claims)) {
                watch.waits(backoff.next());
                Sleeper.of(backoff.next());
                watch.works();
                claims = claims.stream()
                        .filter(claim -> registration.holds(claim.consumer()))
                        .toList();
            }
            pending.removeAll(ids);
        }
    }

    private List<Claim> next() {
        var claims = new ArrayList<Claim>();
        try {
            var first = handled.poll(running ? IDLE.toMillis() : 0, TimeUnit.MILLISECONDS);
            if (first != null) {
                claims.add(first);
                handled.drainTo(claims, MAX_BATCH - 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return claims;
    }

    private boolean delete(List<Claim> claims) {
        try (var connection = database.application().getConnection()) {
            var deleted = SettleStatements.deleteAll(connection, claims);
            backoff.ended();
            // The next message of the ordering key may be handled now.
            notifier.signal(claims.stream()
                    .filter(claim -> claim.orderingKey() != null)
                    .map(Claim::queue)
                    .collect(Collectors.toSet()));
            if (deleted < claims.size()) {
                LOG.warnf(
                        "%d messages were handled after their claim was lost; others may handle them too",
                        claims.size() - deleted);
            }
            return true;
        } catch (SQLException | RuntimeException | Error e) {
            // Tried again whatever it is: claims that are given up here would block their messages for good.
            backoff.began(e);
            return false;
        }
    }
}
