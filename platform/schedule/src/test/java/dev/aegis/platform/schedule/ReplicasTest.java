package dev.aegis.platform.schedule;

import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    private final CountDownLatch inTheMiddle = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

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
                .map(replica -> threads.submit(() -> {
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
        var schedule = scheduleThatLasts();
        var second = scheduler.replica(schedule);
        var first = begin(scheduler.replica(schedule));

        second.runFor(noon);
        assertThat(first.isDone()).isFalse();
        assertThat(second.count("skipped")).isZero();

        end(first);
        second.runFor(noon);
        assertThat(second.count("skipped")).isEqualTo(1);
        assertThat(schedule.begun()).hasSize(1);
    }

    @Test
    void twoCallsAtOnceInOneReplicaDoTheWorkOnce() throws Exception {
        var schedule = scheduleThatLasts();
        var replica = scheduler.replica(schedule);
        var trigger = begin(replica);

        replica.runFor(noon);
        assertThat(trigger.isDone()).isFalse();

        end(trigger);
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
        var schedule = scheduleThatLasts();
        var replica = scheduler.replica(schedule);
        var run = begin(replica);

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

        threads.submit(() -> replica.runFor(noon)).get(10, TimeUnit.SECONDS);

        assertThat(schedule.begun()).isEmpty();
    }

    /** Its run goes on until the test says that it may end. */
    private TestSchedule scheduleThatLasts() {
        return scheduler.schedule(() -> {
            inTheMiddle.countDown();
            awaitQuietly(goOn);
        });
    }

    /** Has a replica run it, until it is in the middle of the run. */
    private Future<?> begin(TestReplica replica) {
        var run = threads.submit(() -> replica.runFor(noon));
        awaitQuietly(inTheMiddle);
        return run;
    }

    private void end(Future<?> run) throws Exception {
        goOn.countDown();
        run.get(10, TimeUnit.SECONDS);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        await().until(() -> latch.getCount() == 0);
    }

    private void killOwnConnection() {
        database.createNativeQuery("SELECT pg_terminate_backend(pg_backend_pid())", Boolean.class)
                .getSingleResult();
    }
}
