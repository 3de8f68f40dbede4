package dev.aegis.messaging.receive;

import dev.aegis.messaging.consumer.ConsumerSession;
import dev.aegis.messaging.consumer.Heart;
import dev.aegis.messaging.consumer.Notifications;
import dev.aegis.messaging.consumer.Outage;
import dev.aegis.messaging.consumer.Threads;
import dev.aegis.messaging.settle.Failures;
import dev.aegis.messaging.store.ClaimStatements;
import dev.aegis.messaging.store.ClaimedMessage;
import dev.aegis.messaging.store.ConnectorDatabase;
import dev.aegis.messaging.store.SettleStatements;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Claims the messages of one queue for all channels of this process that consume it, on one thread. It claims when a
 * handler would take a message, and a few ahead; it sleeps until a notification, a demand, or the next poll.
 */
final class QueueConsumer {

    private static final Logger LOG = Logger.getLogger(QueueConsumer.class);

    private final InboundSettings settings;
    private final ConnectorDatabase database;
    private final ConsumerSession session;
    private final Failures failures;
    private final Runnable onStart;
    private final List<ChannelStream> streams = new CopyOnWriteArrayList<>();
    private final Buffer buffer = new Buffer();
    private final AtomicLong handled = new AtomicLong();
    private final Signal signal = new Signal();
    private final Signal ended = new Signal();
    private final Doubt doubt = new Doubt();
    private final Set<Long> held = ConcurrentHashMap.newKeySet();
    private final Prefetch prefetch;
    private final Outage outage;
    private final Thread thread;
    private volatile boolean running;
    private volatile boolean stopped;

    QueueConsumer(
            InboundSettings settings,
            ConnectorDatabase database,
            ConsumerSession session,
            Failures failures,
            Threads threads,
            Runnable onStart) {
        this.settings = settings;
        this.database = database;
        this.session = session;
        this.failures = failures;
        this.onStart = onStart;
        this.prefetch = new Prefetch(1, settings.prefetch());
        this.outage = new Outage("The consumer of queue " + settings.queue());
        this.thread = threads.create("aegis-queue-" + settings.queue(), this::run);
    }

    void add(ChannelStream stream) {
        streams.add(stream);
    }

    List<ChannelStream> streams() {
        return streams;
    }

    synchronized void start() {
        if (!running && !stopped) {
            onStart.run();
            running = true;
            thread.start();
        }
    }

    void wake() {
        signal.raise();
    }

    /** A message was settled. */
    void ended(ClaimedMessage message) {
        held.remove(message.claim().id());
        handled.incrementAndGet();
        if (stopped) {
            ended.raise();
        }
    }

    /** The next claimed message; null when there is none, and then one is claimed soon if there is any. */
    @Nullable ClaimedMessage poll() {
        if (stopped) {
            return null;
        }
        var message = buffer.poll();
        if (message == null || buffer.isLow()) {
            signal.raise();
        }
        return message;
    }

    /** The claims are lost: what was not begun is not to be begun. */
    void lost() {
        buffer.drain().forEach(claim -> held.remove(claim.id()));
    }

    /** A channel was cancelled; when it was the last one, this process takes no more from the queue. */
    void cancelled() {
        if (streams.stream().allMatch(ChannelStream::isCancelled)) {
            stopClaiming();
        }
    }

    /** Stops claiming, and gives back what was claimed but not begun; its attempt is not counted. */
    void stopClaiming() {
        stopped = true;
        signal.raise();
    }

    /** Waits until the handlers under way have ended, or until {@code deadline}, in the terms of the nano clock. */
    void awaitStopped(long deadline) throws InterruptedException {
        thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        while (inFlight() > 0 && System.nanoTime() < deadline) {
            ended.await(Duration.ofNanos(deadline - System.nanoTime()));
        }
    }

    int inFlight() {
        return streams.stream().mapToInt(ChannelStream::inFlight).sum();
    }

    private void run(Heart heart) {
        while (!stopped) {
            heart.round(() -> {
                var pause = round();
                heart.waits(pause);
                signal.await(pause);
            });
        }
        giveBack();
    }

    /** Claims if there is a reason to, and says how long to wait before the next time. */
    private Duration round() {
        var consumer = session.claimant();
        var wanted = consumer < 0 ? 0 : wanted();
        if (wanted <= 0) {
            return settings.pollInterval();
        }
        try {
            var next = claim(consumer, wanted);
            outage.ended();
            return next;
        } catch (SQLException | RuntimeException e) {
            doubt.began(e.getCause() instanceof OutOfMemoryError);
            outage.began(e);
        } catch (OutOfMemoryError e) {
            doubt.began(true);
            LOG.errorf(e, "A message of queue %s is too large for the memory of this process", settings.queue());
        }
        return outage.backoff();
    }

    private int wanted() {
        var free = streams.stream().mapToInt(ChannelStream::freeSlots).sum();
        if (free == 0 && inFlight() == 0) {
            return 0;
        }
        prefetch.observe(handled.get(), Math.max(1, free));
        buffer.setLowWater(prefetch.target() / 2);
        return buffer.isLow() ? Math.max(prefetch.target(), free) - buffer.size() : 0;
    }

    /** Claims, and says how long to wait before the next time. */
    private Duration claim(long consumer, int wanted) throws SQLException {
        if (doubt.isDue()) {
            releaseUnknown(consumer);
        }
        var most = doubt.isCautious() ? 1 : wanted;
        var messages = database.own(connection -> ClaimStatements.claim(connection, settings.queue(), consumer, most));
        messages.forEach(this::accept);
        if (!messages.isEmpty()) {
            streams.forEach(ChannelStream::drain);
        }
        if (messages.size() == most) {
            return Duration.ZERO;
        }
        var promotion = database.own(connection -> ClaimStatements.promote(connection, settings.queue()));
        if (promotion.moved() > 0) {
            return Duration.ZERO;
        }
        var poll = jittered(settings.pollInterval());
        var due = promotion.nextDueIn();
        return due != null && due.compareTo(poll) < 0 ? due : poll;
    }

    private void releaseUnknown(long consumer) throws SQLException {
        var released = database.own(
                connection -> SettleStatements.releaseUnknown(connection, settings.queue(), consumer, held));
        if (released > 0) {
            LOG.warnf("%d claims of queue %s had never arrived; their messages wait again", released, settings.queue());
        }
    }

    private void accept(ClaimedMessage message) {
        if (message.claim().attempt() > settings.retry().maxAttempts()) {
            failures.exhausted(message, settings.retry());
            return;
        }
        held.add(message.claim().id());
        buffer.add(message);
    }

    private void giveBack() {
        var claims = buffer.drain();
        if (claims.isEmpty()) {
            return;
        }
        try {
            var released = database.own(connection -> {
                var given = SettleStatements.release(connection, claims);
                Notifications.send(connection, Set.of(settings.queue()));
                return given;
            });
            LOG.infof("Gave back %d messages of queue %s that were not begun", released, settings.queue());
        } catch (SQLException e) {
            LOG.warnf(
                    "Could not give back %d messages of queue %s; others take them over: %s",
                    claims.size(), settings.queue(), e);
        }
    }

    private static Duration jittered(Duration interval) {
        var millis = interval.toMillis();
        return Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 5 + 1));
    }
}
