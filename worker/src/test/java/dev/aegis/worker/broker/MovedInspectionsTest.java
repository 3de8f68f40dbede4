package dev.aegis.worker.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.testing.Sql;
import dev.aegis.worker.Armoury;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way of an inspection from a transaction by the tables, and by a broker of another kind, to its handler. */
@QuarkusTest
@QuarkusTestResource(Artemis.class)
@TestProfile(Amqp.class)
class MovedInspectionsTest {

    @Inject
    Armoury armoury;

    @Inject
    Requests requests;

    @Inject
    Arrivals arrivals;

    @Inject
    Sql sql;

    @Inject
    Tracer tracer;

    Artemis broker;

    @AfterEach
    void awaitCalm() {
        broker.setDoorkeeper(message -> {});
        Artemis.eventually().untilAsserted(() -> assertThat(requests.unrelayed() + broker.depth())
                .isZero());
        assertThat(sql.count("messaging.dead_letter")).isZero();
    }

    @Test
    void aCommittedRequestGoesByTheBrokerToItsHandler() {
        var shield = armoury.shield(10);

        var inspection = requests.inspection(shield, "42");

        awaitState(inspection, "repaired");
        assertThat(armoury.ratingOf(shield)).isEqualTo(30);
        assertThat(arrivals.of(inspection)).hasSize(1);
    }

    @Test
    void headersAndTraceTravelAlong() {
        var span = tracer.spanBuilder("a run").startSpan();
        var inspection = Context.current()
                .with(span)
                .wrapSupplier(() -> requests.inspection(armoury.shield(10), "42"))
                .get();
        span.end();

        awaitState(inspection, "repaired");
        assertThat(arrivals.of(inspection)).singleElement().satisfies(arrival -> {
            assertThat(arrival.headers()).containsEntry("run", "42").doesNotContainKey("traceparent");
            assertThat(arrival.traceId()).isEqualTo(span.getSpanContext().getTraceId());
        });
    }

    @Test
    void aRequestThatIsRolledBackReachesNobody() {
        var shield = armoury.shield(10);
        var before = arrivals.all().size();

        QuarkusTransaction.begin();
        requests.inspection(shield, "42");
        QuarkusTransaction.rollback();
        var committed = requests.inspection(shield, "43");

        awaitState(committed, "repaired");
        assertThat(arrivals.all()).hasSize(before + 1);
        assertThat(sql.count("inspection WHERE shield_id = ?", shield)).isOne();
    }

    @Test
    void whileTheBrokerIsAwayRequestsWaitInTheTables() {
        broker.halt();
        var shields = IntStream.range(0, 50).mapToObj(n -> armoury.shield(10)).toList();
        var inspections = shields.stream()
                .map(shield -> requests.inspection(shield, "42"))
                .toList();

        try {
            await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(requests.unrelayed()).isEqualTo(50);
                assertThat(inspections).extracting(armoury::stateOf).containsOnly("requested");
            });
        } finally {
            broker.run();
        }

        inspections.forEach(inspection -> awaitState(inspection, "repaired"));
        assertThat(shields).extracting(armoury::ratingOf).containsOnly(30);
    }

    @Test
    void aMessageLeavesTheTablesWhenTheBrokerHasTakenIt() {
        var arrived = new CountDownLatch(1);
        var admitted = new CountDownLatch(1);
        broker.setDoorkeeper(message -> {
            arrived.countDown();
            Artemis.hold(admitted);
        });

        var inspection = requests.inspection(armoury.shield(10), "42");

        Artemis.hold(arrived);
        await().during(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(requests.unrelayed()).isOne());
        assertThat(armoury.stateOf(inspection)).isEqualTo("requested");
        admitted.countDown();
        awaitState(inspection, "repaired");
        Artemis.eventually()
                .untilAsserted(() -> assertThat(requests.unrelayed()).isZero());
    }

    @Test
    void aMessageThatTheBrokerRefusesIsSentAgain() {
        var refusals = new AtomicInteger();
        broker.setDoorkeeper(message -> {
            if (refusals.incrementAndGet() < 3) {
                throw new ActiveMQException("not now");
            }
        });

        var inspection = requests.inspection(armoury.shield(10), "42");

        awaitState(inspection, "repaired");
        assertThat(refusals).hasValueGreaterThanOrEqualTo(3);
    }

    @Test
    void aMessageThatIsLostOnTheWayToTheBrokerIsSentAgain() {
        var arrived = new CountDownLatch(1);
        var lost = new CountDownLatch(1);
        broker.setDoorkeeper(message -> {
            if (arrived.getCount() > 0) {
                arrived.countDown();
                Artemis.hold(lost);
                throw new ActiveMQException("nobody hears this");
            }
        });
        var shield = armoury.shield(10);
        var inspection = requests.inspection(shield, "42");
        Artemis.hold(arrived);

        broker.cutConnections();
        lost.countDown();

        awaitState(inspection, "repaired");
        assertThat(armoury.ratingOf(shield)).isEqualTo(30);
    }

    @Test
    void aMessageThatTheBrokerDeliversAgainHasNoSecondEffect() throws SQLException {
        var shield = armoury.shield(10);
        long inspection;
        try (var rack = armoury.lock(shield)) {
            inspection = requests.inspection(shield, "42");
            armoury.awaitWaitingWorker();
            // The handler's acknowledgement will find the connection gone.
            broker.halt();
            broker.run();
            Artemis.eventually()
                    .untilAsserted(() -> assertThat(arrivals.of(inspection)).hasSizeGreaterThan(1));
            rack.rollback();
        }

        awaitState(inspection, "repaired");
        Artemis.eventually().untilAsserted(() -> assertThat(broker.depth()).isZero());
        assertThat(armoury.ratingOf(shield)).isEqualTo(30);
        assertThat(arrivals.of(inspection))
                .extracting(Arrivals.Arrival::id)
                .containsOnly(arrivals.of(inspection).get(0).id());
    }

    private void awaitState(long inspection, String state) {
        Artemis.eventually()
                .untilAsserted(() -> assertThat(armoury.stateOf(inspection)).isEqualTo(state));
    }
}
