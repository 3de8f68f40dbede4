package dev.aegis.messaging.internal.receive;

import dev.aegis.messaging.internal.consumer.Backoff;
import dev.aegis.messaging.internal.consumer.ConnectorThreads;
import dev.aegis.messaging.internal.consumer.ConsumerRegistration;
import dev.aegis.messaging.internal.consumer.ThreadWatch;
import dev.aegis.messaging.internal.settle.Failures;
import dev.aegis.messaging.internal.store.ClaimStatements;
import dev.aegis.messaging.internal.store.ClaimStatements.Position;
import dev.aegis.messaging.internal.store.ClaimedMessage;
import dev.aegis.messaging.internal.store.ConnectorDatabase;
import dev.aegis.messaging.internal.store.NotifyStatements;
import dev.aegis.messaging.internal.store.QueuePeek;
import dev.aegis.messaging.internal.store.SettleStatements;
import dev.aegis.messaging.internal.store.SubscriptionStatements;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Claims the messages of one queue for the prefetch buffer, on a thread of its own: when a handler would take a message, and
 * some ahead. Between two claims it sleeps until a notification, until the buffer is low, or until the next poll.
 */
final class Fetcher {

    private static final Logger LOG = Logger.getLogger(Fetcher.class);

    private static final Duration IDLE = Duration.ofSeconds(1);

    private final IncomingSettings settings;
    private final ConnectorDatabase database;
    private final ConsumerRegistration registration;
    private final ClaimFilter filter;
    private final Failures failures;
    private final IntSupplier freeHandlers;
    private final PrefetchBuffer buffer;
    private final ScanCursor cursor = new ScanCursor();
    private final @Nullable ClusterConcurrencyLimiter limiter;
    private final Backoff backoff;
    private final Thread thread;
    private final Semaphore wakeUp = new Semaphore(0);
    private @Nullable InDoubtClaims inDoubt;
    private boolean isNotified = true;
    private boolean isPrepared;
    private boolean isIdle;
    private int maxByMemory = Integer.MAX_VALUE;
    private volatile boolean stopped;
    private volatile boolean abandoned;

    /** @param freeHandlers how many messages the handlers of the queue would take now */
    Fetcher(
            IncomingSettings settings,
            ConnectorDatabase database,
            ConsumerRegistration registration,
            ClaimFilter filter,
            Failures failures,
            ConnectorThreads threads,
            IntSupplier freeHandlers) {
        this.settings = settings;
        this.database = database;
        this.registration = registration;
        this.filter = filter;
        this.failures = failures;
        this.freeHandlers = freeHandlers;
        this.buffer = new PrefetchBuffer(
                settings.clusterConcurrency() > 0 ? 0 : settings.prefetch(), this::wake, this::expired);
        this.limiter = settings.clusterConcurrency() > 0
                ? new ClusterConcurrencyLimiter(settings.queue(), settings.clusterConcurrency(), database)
                : null;
        this.backoff = new Backoff("The consumer of queue " + settings.queue());
        this.thread = threads.create("aegis-queue-" + settings.queue(), this::run);
    }

    PrefetchBuffer buffer() {
        return buffer;
    }

    void start() {
        thread.start();
    }

    /** Looks for messages now. Does not block; a call while it looks is not lost. */
    void wake() {
        if (wakeUp.availablePermits() == 0) {
            wakeUp.release();
        }
    }

    /** Stops claiming, and gives back what no handler has; their attempts are not counted. */
    void stop() {
        stopped = true;
        buffer.stop();
        wake();
    }

    /** Waits no longer for the handlers: they did not end in time. */
    void abandon() {
        abandoned = true;
        wake();
    }

    /** Waits until the handlers have ended, or until {@code deadline}, in the terms of {@link System#nanoTime}. */
    void awaitStopped(long deadline) throws InterruptedException {
        thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
    }

    private void expired(ClaimedMessage message) {
        filter.expired(message);
        buffer.release(List.of(message));
    }

    private void run(ThreadWatch watch) {
        while (!stopped) {
            watch.round(() -> {
                var pause = claimIfNeeded();
                watch.waits(pause);
                isNotified = awaitWakeUp(pause);
            });
        }
        giveBack();
        while (buffer.inFlight() > 0 && !abandoned) {
            watch.waits(IDLE);
            awaitWakeUp(IDLE);
        }
        if (!abandoned) {
            releaseAllSlots();
        }
    }

    /** Whether it was woken before {@code time} was over. */
    private boolean awaitWakeUp(Duration time) {
        try {
            if (wakeUp.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
                wakeUp.drainPermits();
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** Claims if there is a reason to, and returns how long to wait before the next time. */
    private Duration claimIfNeeded() {
        var consumer = registration.claimant();
        var requested = consumer < 0 ? 0 : buffer.demand(freeHandlers.getAsInt());
        if (requested <= 0) {
            return settings.pollInterval();
        }
        try {
            var next = mayBeEmpty() ? peek(consumer, requested) : claim(consumer, requested);
            backoff.ended();
            return next;
        } catch (SQLException | RuntimeException e) {
            failed(e.getCause() instanceof OutOfMemoryError);
            backoff.began(e);
        } catch (OutOfMemoryError e) {
            failed(true);
            LOG.errorf(e, "A message of queue %s is too large for the memory of this process", settings.queue());
        }
        return backoff.next();
    }

    private void failed(boolean tooLarge) {
        inDoubt = new InDoubtClaims(tooLarge);
        isIdle = false;
    }

    /** Nothing was found the last time, and nobody has told of a message since. Only a scan from the start sees all. */
    private boolean mayBeEmpty() {
        return !isNotified && isIdle && cursor.begin().equals(Position.START);
    }

    private Duration peek(long consumer, int requested) throws SQLException {
        var peek = database.own(connection -> QueuePeek.at(connection, settings.queue()));
        return peek.isIdle() ? untilNext(peek.nextDueIn()) : claim(consumer, requested);
    }

    private Duration claim(long consumer, int requested) throws SQLException {
        isIdle = false;
        prepare();
        if (inDoubt != null && inDoubt.isDue()) {
            releaseUnknown(consumer);
            inDoubt = inDoubt.isOver() ? null : inDoubt;
        }
        var limit = inDoubt != null && inDoubt.isCautious() ? 1 : Math.min(requested, maxByMemory);
        var allowed = limiter == null
                ? limit
                : limiter.allow(consumer, limit, buffer.held().size());
        if (allowed == 0) {
            return jittered(settings.pollInterval());
        }
        var next = claimUpTo(allowed, consumer);
        releaseSlots(buffer.held().size());
        return next;
    }

    private void prepare() throws SQLException {
        if (isPrepared) {
            return;
        }
        if (limiter != null) {
            limiter.prepare();
        }
        var topic = settings.topic();
        if (topic != null) {
            database.own(connection -> SubscriptionStatements.subscribe(connection, topic, settings.queue()));
        }
        isPrepared = true;
    }

    private void releaseUnknown(long consumer) throws SQLException {
        var released = database.own(connection ->
                SettleStatements.releaseUnknown(connection, settings.queue(), consumer, filter.known(buffer)));
        if (limiter != null) {
            limiter.releaseUnknown(consumer);
        }
        if (released > 0) {
            LOG.warnf("%d claims of queue %s had never arrived; their messages wait again", released, settings.queue());
        }
    }

    private Duration claimUpTo(int limit, long consumer) throws SQLException {
        var messages = database.own(connection -> scan(connection, consumer, limit));
        maxByMemory = maxByMemory(messages);
        filter.pass(messages, settings, buffer);
        if (messages.size() == limit) {
            return Duration.ZERO;
        }
        var promotion = database.own(connection -> ClaimStatements.promote(connection, settings.queue()));
        if (promotion.moved() > 0) {
            return Duration.ZERO;
        }
        isIdle = messages.isEmpty() && inDoubt == null;
        return untilNext(promotion.nextDueIn());
    }

    private List<ClaimedMessage> scan(Connection connection, long consumer, int limit) throws SQLException {
        var from = cursor.begin();
        var begun = System.nanoTime();
        var messages = ClaimStatements.claim(connection, settings.queue(), consumer, limit, from);
        cursor.ended(System.nanoTime() - begun, messages);
        return messages;
    }

    private Duration untilNext(@Nullable Duration due) {
        var soonest = Collections.min(List.of(jittered(settings.pollInterval()), cursor.untilFullScan()));
        return due == null ? soonest : Collections.min(List.of(soonest, due));
    }

    /** How many messages of the size that they have now fit into the memory that is meant for them. */
    private static int maxByMemory(List<ClaimedMessage> messages) {
        var bytes = messages.stream().mapToLong(ClaimedMessage::size).sum();
        return bytes == 0 ? Integer.MAX_VALUE : (int) Math.max(1, ClaimFilter.MAX_BYTES * messages.size() / bytes);
    }

    private static Duration jittered(Duration interval) {
        var millis = interval.toMillis();
        return Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 5 + 1));
    }

    /** Gives back what waits for handlers. While the database is away that is tried again for as long as this process lives. */
    private void giveBack() {
        var messages = buffer.close();
        if (messages.isEmpty()) {
            return;
        }
        var claims = messages.stream().map(ClaimedMessage::claim).toList();
        try {
            var released = database.own(connection -> {
                var given = SettleStatements.release(connection, claims);
                NotifyStatements.send(connection, Set.of(settings.queue()));
                return given;
            });
            LOG.infof("Gave back %d messages of queue %s that were not begun", released, settings.queue());
        } catch (SQLException e) {
            LOG.warnf("Could not give back %d messages of queue %s yet: %s", claims.size(), settings.queue(), e);
            failures.released(messages).whenComplete((done, error) -> buffer.release(messages));
        }
    }

    /** Lets other processes have the slots of the cluster that no message needs. */
    private void releaseSlots(int needed) throws SQLException {
        if (limiter != null) {
            limiter.keep(needed);
        }
    }

    private void releaseAllSlots() {
        try {
            releaseSlots(0);
        } catch (SQLException e) {
            LOG.warnf("The slots of queue %s stay taken until this process ends: %s", settings.queue(), e);
        }
    }
}
