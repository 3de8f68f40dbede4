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
 * Waits with claimed messages whose unique key some sender is just deciding on: they are handled after its transaction has
 * ended, so that what it wrote is seen, or after it made the message wait no longer.
 *
 * <p>One look at a time, and one statement for all keys of a queue, so that of the connector's few connections one is used
 * at most, however many keys are contended. Each key is looked at ever more rarely.
 */
@Singleton
class UniqueKeyWaiter {

    private static final Logger LOG = Logger.getLogger(UniqueKeyWaiter.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
    private static final int MOST_AT_ONCE = 1000;

    private final ConnectorDatabase database;
    private final ConsumerRegistration registration;
    private final Backoff backoff = new Backoff("The freeing of unique keys");
    private final Queue<Waiting> waiting =
            new PriorityQueue<>(Comparator.comparing(Waiting::due, (a, b) -> Long.signum(a - b)));
    private boolean looking;

    UniqueKeyWaiter(ConnectorDatabase database, ConsumerRegistration registration) {
        this.database = database;
        this.registration = registration;
    }

    /** What takes a message whose key is free. */
    interface Taking {
        void run() throws SQLException;
    }

    /** @param due when its key is looked at next, in the terms of the nano clock */
    private record Waiting(ClaimedMessage message, Taking whenFree, Duration pause, long due) {

        static Waiting at(ClaimedMessage message, Taking whenFree, Duration pause) {
            // Of the pause a random part between a half and the whole, so that processes don't look in step.
            var nanos = pause.toNanos() / 2 + ThreadLocalRandom.current().nextLong(pause.toNanos() / 2 + 1);
            return new Waiting(message, whenFree, pause, System.nanoTime() + nanos);
        }

        Waiting longer() {
            var doubled = pause.multipliedBy(2);
            return at(message, whenFree, doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE);
        }
    }

    /** Calls {@code whenFree} soon after the key of {@code message} is free; never when the claim is lost meanwhile. */
    void await(ClaimedMessage message, Taking whenFree) {
        await(List.of(Waiting.at(message, whenFree, FIRST_PAUSE)));
    }

    private synchronized void await(List<Waiting> more) {
        waiting.addAll(more);
        if (!looking && !waiting.isEmpty()) {
            looking = true;
            Infrastructure.getDefaultWorkerPool().schedule(this::look, FIRST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        var again = new ArrayList<Waiting>();
        try {
            due().stream()
                    .filter(one -> registration.holds(one.message().claim().consumer()))
                    .collect(Collectors.groupingBy(one -> one.message().claim().queue()))
                    .forEach((queue, contenders) -> again.addAll(tryToFree(queue, contenders)));
        } finally {
            stopLooking();
            await(again);
        }
    }

    private synchronized List<Waiting> due() {
        var due = new ArrayList<Waiting>();
        var now = System.nanoTime();
        if (waiting.isEmpty() || waiting.peek().due() - now > 0) {
            return due;
        }
        // With one that is due go those that nearly are: else each would have a statement of its own.
        waiting.removeIf(
                one -> due.size() < MOST_AT_ONCE && one.due() - one.pause().toNanos() / 4 - now <= 0 && due.add(one));
        return due;
    }

    private synchronized void stopLooking() {
        looking = false;
    }

    /** Takes those whose key is free, and returns the others. */
    private List<Waiting> tryToFree(String queue, List<Waiting> contenders) {
        var again = new ArrayList<Waiting>();
        try {
            var messages = contenders.stream().map(Waiting::message).toList();
            var contended = database.own(connection -> ClaimStatements.freeUniqueKeys(connection, queue, messages));
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
