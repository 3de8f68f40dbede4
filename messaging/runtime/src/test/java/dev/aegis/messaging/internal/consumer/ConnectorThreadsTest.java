package dev.aegis.messaging.internal.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thread that can't go on is named, with the reason; one that waits is left in peace. */
class ConnectorThreadsTest {

    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final ConnectorThreads threads = new ConnectorThreads(PATIENCE);
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void end() {
        end.countDown();
    }

    @Test
    void aThreadThatEndsOrWaitsForWorkIsNoTrouble() throws Exception {
        threads.create("ends", ThreadWatch::works).start();
        var waits = threads.create("waits", heart -> {
            heart.waits();
            awaitEnd();
        });
        waits.start();
        threads.create("waits for an hour", heart -> {
                    heart.waits(Duration.ofHours(1));
                    awaitEnd();
                })
                .start();

        waits.join(2 * PATIENCE.toMillis());
        assertThat(threads.problems()).isEmpty();
        assertThat(waits.isDaemon()).isTrue();
    }

    @Test
    void aThreadThatDiesIsNamedWithWhatKilledIt() {
        threads.create("aegis-x", heart -> {
                    throw new NoClassDefFoundError("Missing");
                })
                .start();

        await().until(() -> threads.problems().containsKey("aegis-x"));
        assertThat(threads.problems()).containsEntry("aegis-x", "died: java.lang.NoClassDefFoundError: Missing");
    }

    @Test
    void aThreadThatIsSilentForTooLongIsStuckUntilItGoesOn() {
        var hang = new CountDownLatch(1);
        threads.create("aegis-x", heart -> {
                    heart.works();
                    await().until(() -> hang.getCount() == 0);
                    heart.waits();
                    awaitEnd();
                })
                .start();

        await().until(() -> threads.problems().containsKey("aegis-x"));
        assertThat(threads.problems().get("aegis-x")).startsWith("stuck for ");
        hang.countDown();
        await().until(() -> threads.problems().isEmpty());
    }

    @Test
    void anErrorInOneRoundDoesNotEndTheThread() {
        var rounds = new AtomicInteger();
        threads.create("aegis-x", heart -> {
                    while (end.getCount() > 0) {
                        heart.round(() -> {
                            if (rounds.getAndIncrement() == 0) {
                                throw new StackOverflowError();
                            }
                            heart.waits(Duration.ofMillis(10));
                            LockSupport.parkNanos(10_000_000);
                        });
                    }
                })
                .start();

        await().until(() -> rounds.get() > 3);
        assertThat(threads.problems()).isEmpty();
    }

    @Test
    void aThreadWhoseEachRoundFailsIsATrouble() {
        threads.create("aegis-x", heart -> {
                    while (end.getCount() > 0) {
                        heart.round(() -> {
                            throw new ExceptionInInitializerError("always");
                        });
                    }
                })
                .start();

        await().until(() -> threads.problems()
                .getOrDefault("aegis-x", "")
                .equals("each round fails: java.lang.ExceptionInInitializerError: always"));
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
