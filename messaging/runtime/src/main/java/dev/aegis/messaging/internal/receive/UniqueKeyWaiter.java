package dev.aegis.messaging.internal.receive;

import dev.aegis.messaging.internal.consumer.Backoff;
import dev.aegis.messaging.internal.consumer.ConsumerRegistration;
import dev.aegis.messaging.internal.store.ClaimStatements;
import dev.aegis.messaging.internal.store.ClaimedMessage;
import dev.aegis.messaging.internal.store.ConnectorDatabase;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Keeps claimed messages whose unique key is locked by the transaction of a sender until that transaction has ended: their
 * handlers then see what it wrote.
 *
 * <p>It tries to free all keys of a queue in one statement, and runs one statement at a time, so that it uses one of the
 * connector's few connections at most, however many keys are locked. The pause before the next try grows for each key.
 */
@Singleton
class UniqueKeyWaiter {

    private static final Logger LOG = Logger.getLogger(UniqueKeyWaiter.class);

    private static final Duration INITIAL_PAUSE = Duration.ofMillis(5);
    private static final Duration MAX_PAUSE = Duration.ofMillis(500);
    private static final int MAX_BATCH = 1000;

    private final ConnectorDatabase database;
    private final ConsumerRegistration registration;
    private final Backoff backoff = new Backoff("The freeing of unique keys");
    private final Queue<Waiting> waiting =
            new PriorityQueue<>(Comparator.comparing(Waiting::due, (a, b) -> Long.signum(a - b)));
    private boolean running;

    UniqueKeyWaiter(ConnectorDatabase database, ConsumerRegistration registration) {
        this.database = database;
        this.registration = registration;
    }

    /** What takes a message whose key is free. */
    interface Taking {
        void run() throws SQLException;
    }

    /** @param due when its key is tried next, in the terms of {@link System#nanoTime} */
    private record Waiting(ClaimedMessage message, Taking whenFree, Duration pause, long due) {

        static Waiting at(ClaimedMessage message, Taking whenFree, Duration pause) {
            // A random part of the pause, between a half and the whole, so that processes don't try in step.
            var nanos = pause.toNanos() / 2 + ThreadLocalRandom.current().nextLong(pause.toNanos() / 2 + 1);
            return new Waiting(message, whenFree, pause, System.nanoTime() + nanos);
        }

        Waiting longer() {
            var doubled = pause.multipliedBy(2);
            return at(message, whenFree, doubled.compareTo(MAX_PAUSE) < 0 ? doubled : MAX_PAUSE);
        }
    }

    /** Calls {@code whenFree} soon after the key of {@code message} is free; never when the claim is lost meanwhile. */
    void await(ClaimedMessage message, Taking whenFree) {
        await(List.of(Waiting.at(message, whenFree, INITIAL_PAUSE)));
    }

    private synchronized void await(List<Waiting> more) {
        waiting.addAll(more);
        if (!running && !waiting.isEmpty()) {
            running = true;
            Infrastructure.getDefaultWorkerPool()
                    .schedule(this::tryDue, INITIAL_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tryDue() {
        var again = new ArrayList<Waiting>();
        try {
            due().stream()
                    .filter(one -> registration.holds(one.message().claim().consumer()))
                    .collect(Collectors.groupingBy(one -> one.message().claim().queue()))
                    .forEach((queue, contenders) -> again.addAll(tryToFree(queue, contenders)));
        } finally {
            finished();
            await(again);
        }
    }

    private synchronized List<Waiting> due() {
        var due = new ArrayList<Waiting>();
        var now = System.nanoTime();
        if (waiting.isEmpty() || waiting.peek().due() - now > 0) {
            return due;
        }
        // Those that are nearly due go along: else each would have a statement of its own.
        waiting.removeIf(
                one -> due.size() < MAX_BATCH && one.due() - one.pause().toNanos() / 4 - now <= 0 && due.add(one));
        return due;
    }

    private synchronized void finished() {
        running = false;
    }

    /** Takes those whose key is free, and returns the others. */
    private List<Waiting> tryToFree(String queue, List<Waiting> contenders) {
        var again = new ArrayList<Waiting>();
        try {
            var messages = contenders.stream().map(Waiting::message).toList();
            var contended = database.own(connection -> ClaimStatements.releaseUniqueKeys(connection, queue, messages));
            backoff.ended();
            for (var one : contenders) {
                if (contended.contains(one.message().claim().id()) || !take(one)) {
                    again.add(one.longer());
                }
            }
        } catch (SQLException | RuntimeException e) {
            backoff.began(e);
            again.addAll(contenders.stream()
                    .map(one -> Waiting.at(one.message(), one.whenFree(), backoff.next()))
                    .toList());
        }
        return again;
    }

    private static boolean take(Waiting one) {
        try {
            one.whenFree().run();
            return true;
        } catch (SQLException | RuntimeException e) {
            LOG.errorf(e, "Message %d can't be taken yet", one.message().claim().id());
            return false;
        }
    }
}
