package dev.aegis.messaging.receive;

import dev.aegis.messaging.consumer.ConsumerSession;
import dev.aegis.messaging.consumer.Heart;
import dev.aegis.messaging.consumer.Outage;
import dev.aegis.messaging.consumer.Threads;
import dev.aegis.messaging.store.ClaimedMessage;
import dev.aegis.messaging.store.ConnectorDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Claims the messages of one queue for all channels of this process that consume it, on one thread. It claims when a
 * handler would take a message, and a few ahead; it sleeps until a notification, a demand, or the next poll.
 */
final class QueueConsumer {

    private static final Logger LOG = Logger.getLogger(QueueConsumer.class);

    private static final Duration IDLE = Duration.ofSeconds(1);

    private final InboundSettings settings;
    private final ConsumerSession session;
    private final Function<List<ClaimedMessage>, CompletionStage<Void>> release;
    private final Runnable onStart;
    private final Claimer claimer;
    private final List<ChannelStream> streams = new CopyOnWriteArrayList<>();
    private final Inbox inbox = new Inbox(() -> streams.forEach(ChannelStream::drain));
    private final AtomicLong handled = new AtomicLong();
    private final Signal signal = new Signal();
    private final Signal ended = new Signal();
    private final Prefetch prefetch;
    private final Outage outage;
    private final Thread thread;
    private boolean woken = true;
    private volatile boolean running;
    private volatile boolean stopped;

    QueueConsumer(
            InboundSettings settings,
            ConnectorDatabase database,
            ConsumerSession session,
            Intake intake,
            Function<List<ClaimedMessage>, CompletionStage<Void>> release,
            Threads threads,
            Runnable onStart) {
        this.settings = settings;
        this.session = session;
        this.release = release;
        this.onStart = onStart;
        this.claimer = new Claimer(settings, database, intake, inbox);
        this.prefetch = new Prefetch(1, settings.prefetch());
        this.outage = new Outage("The consumer of queue " + settings.queue());
        this.thread = threads.create("aegis-queue-" + settings.queue(), this::run);
    }

    /** The channel by which this process consumes the queue. */
    String channel() {
        return settings.channel();
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

    /** Messages were settled. */
    void ended(List<ClaimedMessage> messages) {
        inbox.release(messages);
        handled.addAndGet(messages.size());
        if (stopped) {
            ended.raise();
        } else if (settings.clusterConcurrency() > 0) {
            signal.raise();
        }
    }

    /** Messages failed in a transaction that they shared: each is handled alone now, at the same attempt. */
    CompletionStage<Void> handleAlone(List<ClaimedMessage> messages) {
        if (!session.holds(messages.get(0).claim().consumer())) {
            inbox.release(messages);
        } else if (!inbox.takeBack(messages)) {
            return release.apply(messages).whenComplete((done, error) -> inbox.release(messages));
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
    }

    int inFlight() {
        return streams.stream().mapToInt(ChannelStream::inFlight).sum();
    }

    private void run(Heart heart) {
        while (!stopped) {
            heart.round(() -> {
                var pause = round();
                heart.waits(pause);
                woken = signal.await(pause);
            });
        }
        claimer.giveBack();
        while (inFlight() > 0) {
            heart.waits(IDLE);
            ended.await(IDLE);
        }
        claimer.leave();
    }

    /** Claims if there is a reason to, and says how long to wait before the next time. */
    private Duration round() {
        var consumer = session.claimant();
        var wanted = consumer < 0 ? 0 : wanted();
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

    private int wanted() {
        var free = streams.stream().mapToInt(ChannelStream::freeSlots).sum();
        if (settings.clusterConcurrency() > 0) {
            return free - inbox.size();
        }
        if (free == 0 && inFlight() == 0) {
            return 0;
        }
        prefetch.observe(handled.get(), Math.max(1, free));
        inbox.setLowWater(prefetch.target() / 2);
        return inbox.isLow() ? Math.max(prefetch.target(), free) - inbox.size() : 0;
    }
}
