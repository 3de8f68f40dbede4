package dev.aegis.messaging.internal.receive;

import dev.aegis.messaging.internal.consumer.Backoff;
import dev.aegis.messaging.internal.consumer.ConnectorThreads;
import dev.aegis.messaging.internal.consumer.ConsumerRegistration;
import dev.aegis.messaging.internal.consumer.ThreadWatch;
import dev.aegis.messaging.internal.settle.Failures;
import dev.aegis.messaging.internal.store.ClaimedMessage;
import dev.aegis.messaging.internal.store.ConnectorDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/**
 * Claims the messages of one queue for all channels of this process that consume it, on one thread. It claims when a
 * handler would take a message, and a few ahead; it sleeps until a notification, a demand, or the next poll.
 */
final class QueueConsumer {

    private static final Logger LOG = Logger.getLogger(QueueConsumer.class);

    private static final Duration IDLE = Duration.ofSeconds(1);

    private final IncomingSettings settings;
    private final ConsumerRegistration session;
    private final ClaimFilter intake;
    private final Failures failures;
    private final Runnable onStart;
    private final Fetcher claimer;
    private final List<IncomingChannel> streams = new CopyOnWriteArrayList<>();
    private final FetchDemand demand;
    private final PrefetchBuffer inbox =
            new PrefetchBuffer(() -> streams.forEach(IncomingChannel::drain), this::expired);
    private final WakeUp signal = new WakeUp();
    private final WakeUp ended = new WakeUp();
    private final Backoff outage;
    private final Thread thread;
    private boolean woken = true;
    private volatile boolean running;
    private volatile boolean stopped;

    QueueConsumer(
            IncomingSettings settings,
            ConnectorDatabase database,
            ConsumerRegistration session,
            ClaimFilter intake,
            Failures failures,
            ConnectorThreads threads,
            Runnable onStart) {
        this.settings = settings;
        this.session = session;
        this.intake = intake;
        this.failures = failures;
        this.onStart = onStart;
        this.claimer = new Fetcher(settings, database, intake, inbox);
        this.demand = new FetchDemand(settings, inbox, streams);
        this.outage = new Backoff("The consumer of queue " + settings.queue());
        this.thread = threads.create("aegis-queue-" + settings.queue(), this::run);
    }

    /** The channel by which this process consumes the queue. */
    String channel() {
        return settings.channel();
    }

    void add(IncomingChannel stream) {
        streams.add(stream);
    }

    List<IncomingChannel> streams() {
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

    /** Messages were settled. */
    void ended(List<ClaimedMessage> messages) {
        inbox.release(messages);
        demand.handled(messages.size());
        if (stopped) {
            ended.raise();
        } else if (settings.clusterConcurrency() > 0) {
            signal.raise();
        }
    }

    /** The time of a message was over before a handler could take it. */
    private void expired(ClaimedMessage message) {
        intake.expired(message);
        inbox.release(List.of(message));
    }

    /** Messages are handled again, each alone and at the same attempt: the failure may not be theirs. */
    CompletionStage<Void> handleAlone(List<ClaimedMessage> messages) {
        if (!session.holds(messages.get(0).claim().consumer())) {
            inbox.release(messages);
        } else if (!inbox.takeBack(messages)) {
            return failures.released(messages).whenComplete((done, error) -> inbox.release(messages));
        }
        return CompletableFuture.completedStage(null);
    }

    /** How many claimed messages wait for handlers. */
    int waiting() {
        return inbox.size();
    }

    /** Up to {@code most} claimed messages; when there are few, more are claimed soon if there are any. */
    List<ClaimedMessage> poll(int most) {
        if (stopped) {
            return List.of();
        }
        var messages = inbox.poll(most);
        if (messages.isEmpty() || inbox.isLow()) {
            signal.raise();
        }
        return messages;
    }

    /** The claims are lost: what was not begun is not to be begun. */
    void lost() {
        inbox.lose();
    }

    /** A channel was cancelled; when it was the last one, this process takes no more from the queue. */
    void cancelled() {
        if (streams.stream().allMatch(IncomingChannel::isCancelled)) {
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
    }

    int inFlight() {
        return demand.inFlight();
    }

    private void run(ThreadWatch heart) {
        while (!stopped) {
            heart.round(() -> {
                var pause = round();
                heart.waits(pause);
                woken = signal.await(pause);
            });
        }
        var left = claimer.giveBack();
        if (!left.isEmpty()) {
            // It goes on trying while this process lives; others take over what a dead one has.
            failures.released(left).whenComplete((done, error) -> inbox.release(left));
        }
        while (inFlight() > 0) {
            heart.waits(IDLE);
            ended.await(IDLE);
        }
        claimer.leave();
    }

    /** Claims if there is a reason to, and says how long to wait before the next time. */
    private Duration round() {
        var consumer = session.claimant();
        var wanted = consumer < 0 ? 0 : demand.wanted();
        if (wanted <= 0) {
            return settings.pollInterval();
        }
        try {
            var next = woken ? claimer.claim(consumer, wanted) : claimer.poll(consumer, wanted);
            outage.ended();
            return next;
        } catch (SQLException | RuntimeException e) {
            claimer.failed(e.getCause() instanceof OutOfMemoryError);
            outage.began(e);
        } catch (OutOfMemoryError e) {
            claimer.failed(true);
            LOG.errorf(e, "A message of queue %s is too large for the memory of this process", settings.queue());
        }
        return outage.backoff();
    }
}
