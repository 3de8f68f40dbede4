package dev.aegis.scheduler.firing;

import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.scheduler.ByHand;
import dev.aegis.scheduler.Sql;
import dev.aegis.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
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

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
@TestProfile(ByHand.class)
class KeeperTest {

    /** A minute on the grid, far enough in the past that minutes after it are past as well. */
    private final Instant noon = Instant.now().truncatedTo(MINUTES).minus(600, MINUTES);

    @Inject
    Firings firings;

    @Inject
    Requests requests;

    @Inject
    Session database;

    @Inject
    Sql sql;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void aFiringRecordsWhenItWasDueAndWhoDidItAndWhatItSent() {
        var schedule = new TestSchedule(requests);

        replica(schedule).settle(noon);

        assertThat(fireTimesOf(schedule)).containsExactly(noon);
        assertThat(sql.select("SELECT sent FROM scheduling.schedule_firing WHERE schedule = ?", schedule.name()))
                .containsExactly("1");
        assertThat(sql.select("SELECT fired_by FROM scheduling.schedule_firing WHERE schedule = ?", schedule.name()))
                .isEqualTo(sql.select("SELECT current_setting('application_name')"));
        assertThat(messagesOf(schedule)).isEqualTo(1);
    }

    @Test
    void replicasThatFireAtOnceFireOnce() throws Exception {
        var schedule = new TestSchedule(requests);
        var replicas = List.of(replica(schedule), replica(schedule), replica(schedule));
        var rounds = 40;
        var start = new CyclicBarrier(replicas.size());

        var ends = replicas.stream()
                .map(replica -> run(() -> {
                    for (var round = 0; round < rounds; round++) {
                        start.await(10, TimeUnit.SECONDS);
                        replica.settle(noon.plus(round, MINUTES));
                    }
                    return null;
                }))
                .toList();
        for (var end : ends) {
            end.get(60, TimeUnit.SECONDS);
        }

        assertThat(fireTimesOf(schedule)).hasSize(rounds).doesNotHaveDuplicates();
        assertThat(schedule.begun()).hasSize(rounds);
        assertThat(messagesOf(schedule)).isEqualTo(rounds);
    }

    @Test
    void aReplicaDoesNotWaitForOneThatIsAtWorkAndDoesNotTakeItsFiringForDone() throws Exception {
        var inTheMiddle = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var schedule = new TestSchedule(requests, firing -> {
            inTheMiddle.countDown();
            awaitQuietly(goOn);
        });
        var metrics = new SimpleMeterRegistry();
        var second = replica(schedule, metrics);
        var first = run(() -> {
            replica(schedule).settle(noon);
            return null;
        });
        awaitQuietly(inTheMiddle);

        second.settle(noon);
        assertThat(first.isDone()).isFalse();
        assertThat(count(metrics, schedule, "skipped")).isZero();

        goOn.countDown();
        first.get(10, TimeUnit.SECONDS);
        second.settle(noon);
        assertThat(count(metrics, schedule, "skipped")).isEqualTo(1);
        assertThat(schedule.begun()).hasSize(1);
    }

    @Test
    void aFiringThatFailsLeavesNothingAndStaysDue() {
        var broken = new AtomicBoolean(true);
        var schedule = new TestSchedule(requests, firing -> {
            if (broken.get()) {
                throw new IllegalStateException("broken");
            }
        });
        var metrics = new SimpleMeterRegistry();
        var replica = replica(schedule, metrics);

        replica.settle(noon);
        assertThat(fireTimesOf(schedule)).isEmpty();
        assertThat(messagesOf(schedule)).isZero();
        assertThat(count(metrics, schedule, "failed")).isEqualTo(1);

        broken.set(false);
        replica.catchUp(noon.plusSeconds(10));
        assertThat(fireTimesOf(schedule)).containsExactly(noon);
        assertThat(messagesOf(schedule)).isEqualTo(1);
    }

    @Test
    void aReplicaThatDiesInTheMiddleLeavesItsFiringToAnother() {
        var dying = new AtomicBoolean(true);
        var schedule = new TestSchedule(requests, firing -> {
            if (dying.get()) {
                killOwnConnection();
            }
        });

        replica(schedule).settle(noon);
        assertThat(schedule.begun()).hasSize(1);
        assertThat(fireTimesOf(schedule)).isEmpty();
        assertThat(messagesOf(schedule)).isZero();

        dying.set(false);
        replica(schedule).catchUp(noon.plusSeconds(10));
        assertThat(fireTimesOf(schedule)).containsExactly(noon);
        assertThat(messagesOf(schedule)).isEqualTo(1);
    }

    @Test
    void whatWasMissedIsMadeUpForOnce() {
        var schedule = new TestSchedule(requests);
        replica(schedule).settle(noon);

        var replica = replica(schedule);
        replica.catchUp(noon.plus(30, MINUTES).plusSeconds(10));
        replica.catchUp(noon.plus(30, MINUTES).plusSeconds(20));

        assertThat(fireTimesOf(schedule)).containsExactly(noon, noon.plus(30, MINUTES));
    }

    @Test
    void nothingIsMadeUpForWhenNothingWasMissed() {
        var schedule = new TestSchedule(requests);
        replica(schedule).settle(noon);

        replica(schedule).catchUp(noon.plusSeconds(59));

        assertThat(fireTimesOf(schedule)).containsExactly(noon);
    }

    @Test
    void aNewScheduleFiresForItsLastTimeAtOnce() {
        var schedule = new TestSchedule(requests);

        replica(schedule).catchUp(noon.plusSeconds(59));

        assertThat(fireTimesOf(schedule)).containsExactly(noon);
    }

    @Test
    void aTimeBeforeTheLastFiringIsNotMadeUpFor() {
        var schedule = new TestSchedule(requests);
        replica(schedule).settle(noon.plus(10, MINUTES));

        replica(schedule).settle(noon);

        assertThat(fireTimesOf(schedule)).containsExactly(noon.plus(10, MINUTES));
    }

    @Test
    void aFiringThatAWrongClockLeftInTheFutureDoesNotSilenceTheSchedule() {
        var schedule = new TestSchedule(requests);
        var tomorrow = noon.plus(1440, MINUTES);
        sql.update(
                "INSERT INTO scheduling.schedule_firing (schedule, fire_time) VALUES (?, ?)",
                schedule.name(),
                tomorrow.atOffset(ZoneOffset.UTC));

        replica(schedule).settle(noon);

        assertThat(fireTimesOf(schedule)).containsExactly(noon, tomorrow);
    }

    @Test
    void aReplicaThatIsToldToStopEndsItsFiringFirst() throws Exception {
        var inTheMiddle = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var schedule = new TestSchedule(requests, firing -> {
            inTheMiddle.countDown();
            awaitQuietly(goOn);
        });
        var replica = replica(schedule);
        var firing = run(() -> {
            replica.settle(noon);
            return null;
        });
        awaitQuietly(inTheMiddle);

        assertThat(replica.retire(Instant.now().plusMillis(50))).isFalse();
        goOn.countDown();
        assertThat(replica.retire(Instant.now().plusSeconds(10))).isTrue();
        firing.get(10, TimeUnit.SECONDS);
        assertThat(fireTimesOf(schedule)).containsExactly(noon);
    }

    @Test
    void aReplicaThatHasStoppedFiresNoMore() throws Exception {
        var schedule = new TestSchedule(requests);
        var replica = replica(schedule);
        assertThat(replica.retire(Instant.now())).isTrue();

        run(() -> {
                    replica.settle(noon);
                    return null;
                })
                .get(10, TimeUnit.SECONDS);

        assertThat(schedule.begun()).isEmpty();
    }

    private Keeper replica(Schedule schedule) {
        return replica(schedule, new SimpleMeterRegistry());
    }

    private Keeper replica(Schedule schedule, SimpleMeterRegistry metrics) {
        return new Keeper(
                schedule,
                FireTimes.of("0 * * * * ?", ZoneOffset.UTC),
                new Ignition(firings),
                new FiringMetrics(metrics, schedule.name()));
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

    private List<Instant> fireTimesOf(Schedule schedule) {
        return sql
                .select(
                        "SELECT extract(epoch FROM fire_time)::bigint FROM scheduling.schedule_firing"
                                + " WHERE schedule = ? ORDER BY fire_time",
                        schedule.name())
                .stream()
                .map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds)))
                .toList();
    }

    /** How many messages there are of the firings that were begun, those included that came to nothing. */
    private long messagesOf(TestSchedule schedule) {
        return schedule.begun().stream()
                .mapToLong(firing ->
                        sql.count("messaging.message WHERE headers ->> 'firing' = ?", Long.toString(firing.id())))
                .sum();
    }

    private static double count(SimpleMeterRegistry metrics, Schedule schedule, String outcome) {
        return metrics.get("aegis.schedule.firings")
                .tags("schedule", schedule.name(), "outcome", outcome)
                .counter()
                .count();
    }
}
