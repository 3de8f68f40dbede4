package dev.aegis.platform.schedule;

import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several replicas at the same time, each with its own thread and its own connection. */
@QuarkusTest
class ReplicasTest {

    @Inject
    TestScheduler scheduler;

    @Inject
    Session database;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** A minute on the grid, far enough in the past that minutes after it are past as well. */
    private final Instant noon = Instant.now().truncatedTo(MINUTES).minus(600, MINUTES);

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void replicasThatRunAtOnceRunOnce() throws Exception {
        var schedule = scheduler.schedule();
        var replicas = List.of(scheduler.replica(schedule), scheduler.replica(schedule), scheduler.replica(schedule));
        var rounds = 40;
        var start = new CyclicBarrier(replicas.size());

        var ends = replicas.stream()
                .map(replica -> run(() -> {
                    for (var round = 0; round < rounds; round++) {
                        start.await(10, TimeUnit.SECONDS);
                        replica.runFor(noon.plus(round, MINUTES));
                    }
                    return null;
                }))
                .toList();
        for (var end : ends) {
            end.get(60, TimeUnit.SECONDS);
        }

        assertThat(scheduler.runsOf(schedule)).hasSize(rounds).doesNotHaveDuplicates();
        assertThat(schedule.begun()).hasSize(rounds);
        assertThat(scheduler.messagesOf(schedule)).isEqualTo(rounds);
    }

    @Test
    void aReplicaDoesNotWaitForOneThatIsAtWorkAndDoesNotTakeItsRunForDone() throws Exception {
        var inTheMiddle = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var schedule = scheduler.schedule(() -> {
            inTheMiddle.countDown();
            awaitQuietly(goOn);
        });
        var second = scheduler.replica(schedule);
        var first = run(() -> {
            scheduler.replica(schedule).runFor(noon);
            return null;
        });
        awaitQuietly(inTheMiddle);

        second.runFor(noon);
        assertThat(first.isDone()).isFalse();
        assertThat(second.count("skipped")).isZero();

        goOn.countDown();
        first.get(10, TimeUnit.SECONDS);
        second.runFor(noon);
        assertThat(second.count("skipped")).isEqualTo(1);
        assertThat(schedule.begun()).hasSize(1);
    }

    @Test
    void twoCallsAtOnceInOneReplicaDoTheWorkOnce() throws Exception {
        var inTheMiddle = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var schedule = scheduler.schedule(() -> {
            inTheMiddle.countDown();
            awaitQuietly(goOn);
        });
        var replica = scheduler.replica(schedule);
        var trigger = run(() -> {
            replica.runFor(noon);
            return null;
        });
        awaitQuietly(inTheMiddle);

        replica.runFor(noon);
        assertThat(trigger.isDone()).isFalse();

        goOn.countDown();
        trigger.get(10, TimeUnit.SECONDS);
        replica.runFor(noon);
        assertThat(schedule.begun()).hasSize(1);
        assertThat(scheduler.runsOf(schedule)).containsExactly(noon);
    }

    @Test
    void aReplicaThatDiesInTheMiddleLeavesItsRunToAnother() {
        var dying = new AtomicBoolean(true);
        var schedule = scheduler.schedule(() -> {
            if (dying.get()) {
                killOwnConnection();
            }
        });

        scheduler.replica(schedule).runFor(noon);
        assertThat(schedule.begun()).hasSize(1);
        assertThat(scheduler.runsOf(schedule)).isEmpty();
        assertThat(scheduler.messagesOf(schedule)).isZero();

        dying.set(false);
        scheduler.replica(schedule).runAt(noon.plusSeconds(10));
        assertThat(scheduler.runsOf(schedule)).containsExactly(noon);
        assertThat(scheduler.messagesOf(schedule)).isEqualTo(1);
    }

    @Test
    void aReplicaThatIsToldToStopEndsItsRunFirst() throws Exception {
        var inTheMiddle = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var schedule = scheduler.schedule(() -> {
            inTheMiddle.countDown();
            awaitQuietly(goOn);
        });
        var replica = scheduler.replica(schedule);
        var run = run(() -> {
            replica.runFor(noon);
            return null;
        });
        awaitQuietly(inTheMiddle);

        assertThat(replica.shutdown(Duration.ofMillis(50))).isFalse();
        goOn.countDown();
        assertThat(replica.shutdown(Duration.ofSeconds(10))).isTrue();
        run.get(10, TimeUnit.SECONDS);
        assertThat(scheduler.runsOf(schedule)).containsExactly(noon);
    }

    @Test
    void aReplicaThatHasStoppedRunsNothing() throws Exception {
        var schedule = scheduler.schedule();
        var replica = scheduler.replica(schedule);
        assertThat(replica.shutdown(Duration.ZERO)).isTrue();

        run(() -> {
                    replica.runFor(noon);
                    return null;
                })
                .get(10, TimeUnit.SECONDS);

        assertThat(schedule.begun()).isEmpty();
    }

    private <T> Future<T> run(Callable<T> task) {
        return threads.submit(task);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        await().until(() -> latch.getCount() == 0);
    }

    private void killOwnConnection() {
        database.createNativeQuery("SELECT pg_terminate_backend(pg_backend_pid())", Boolean.class)
                .getSingleResult();
    }
}
