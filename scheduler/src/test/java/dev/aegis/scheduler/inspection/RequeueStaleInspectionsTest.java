package dev.aegis.scheduler.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.aegis.model.inspection.InspectionRequested;
import dev.aegis.platform.schedule.ScheduleRun;
import dev.aegis.scheduler.TestTimes;
import dev.aegis.testing.Sql;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.inject.Inject;
import jakarta.validation.Validator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(TestTimes.class)
class RequeueStaleInspectionsTest {

    @Inject
    StaleInspections stale;

    @Inject
    InspectionSettings settings;

    @Inject
    Validator validator;

    @Inject
    Session database;

    @Inject
    @Channel("inspections")
    Emitter<InspectionRequested> requests;

    @Inject
    Sql sql;

    /** After the run with which the service caught up when it started. */
    @BeforeEach
    void emptyTheArmoury() {
        await().until(() -> sql.count("scheduling.schedule_run WHERE schedule = 'requeue-stale'") > 0);
        sql.update("DELETE FROM shield");
        sql.update("DELETE FROM messaging.message WHERE queue = 'inspections'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "schedule"})
    void anInspectionWhoseMessageIsGoneIsRequestedAgain(String requester) {
        var inspection = inspection(requester, "requested", "61 minutes");

        assertThat(run()).isEqualTo(1);
        assertThat(waiting()).containsExactly(inspection);
    }

    @Test
    void anInspectionThatIsNotOpenForLongIsLeftAlone() {
        inspection("api", "requested", "59 minutes");

        assertThat(run()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"passed", "repaired", "condemned", "failed"})
    void anInspectionThatHasEndedIsLeftAlone(String state) {
        sql.update(
                "UPDATE inspection SET state = ?, finished_at = now() WHERE id = ?",
                state,
                inspection("api", "requested", "61 minutes"));

        assertThat(run()).isZero();
    }

    @Test
    void anInspectionIsRequestedAgainAfterTheSameTimeAndWaitsOnce() {
        var inspection = inspection("api", "requested", "61 minutes");
        assertThat(run()).isEqualTo(1);
        assertThat(run()).isZero();

        sql.update("UPDATE inspection SET requeued_at = now() - interval '61 minutes'");
        assertThat(run()).isEqualTo(1);
        assertThat(waiting()).containsExactly(inspection);
    }

    @Test
    void aTimeInTheFutureDoesNotSilenceAnInspection() {
        inspection("api", "requested", "61 minutes");
        sql.update("UPDATE inspection SET requeued_at = now() + interval '1 year'");

        assertThat(run()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT59S", "-PT1H"})
    void lessThanAMinuteIsRefusedWithTheSetting(String timeout) {
        assertThatExceptionOfType(ConfigValidationException.class)
                .isThrownBy(() -> settings(timeout))
                .withMessageContainingAll("aegis.inspection.requeue-after", "AEGIS_INSPECTION_REQUEUE_AFTER", "PT1M");
    }

    @Test
    void aMinuteIsAccepted() {
        assertThat(settings("PT1M").requeueAfter()).isEqualTo(Duration.ofMinutes(1));
    }

    private InspectionSettings settings(String requeueAfter) {
        return new SmallRyeConfigBuilder()
                .withDefaultValues(Map.of(
                        "aegis.inspection.interval", "PT1H",
                        "aegis.inspection.max-per-run", "10",
                        "aegis.inspection.requeue-after", requeueAfter))
                .withMapping(InspectionSettings.class)
                .withValidator(new BeanValidationConfigValidator() {
                    @Override
                    public Validator getValidator() {
                        return validator;
                    }
                })
                .build()
                .getConfigMapping(InspectionSettings.class);
    }

    @Test
    void anInspectionThatAWorkerIsConcludingIsLeftOut() {
        inspection("api", "requested", "2 hours");
        var other = inspection("api", "requested", "61 minutes");

        QuarkusTransaction.requiringNew().run(() -> {
            database.createNativeQuery("SELECT id FROM inspection ORDER BY requested_at LIMIT 1 FOR UPDATE", Long.class)
                    .getSingleResult();
            assertThat(run()).isEqualTo(1);
        });

        assertThat(waiting()).containsExactly(other);
    }

    @Test
    void thoseAreRequestedFirstThatHaveWaitedLongest() {
        inspection("api", "requested", "2 hours");
        var longest = inspection("api", "requested", "4 hours");
        var longer = inspection("api", "requested", "3 hours");

        assertThat(run(new TestSettings(2))).isEqualTo(2);
        assertThat(waiting()).containsExactlyInAnyOrder(longest, longer);
    }

    /** Returns how many inspections were requested again. */
    private int run() {
        return run(settings);
    }

    private int run(InspectionSettings settings) {
        var run = new ScheduleRun("requeue-stale", Instant.now());
        QuarkusTransaction.requiringNew().run(() -> {
            database.persist(run);
            new RequeueStaleInspections(stale, settings, run, requests).requeue();
        });
        return run.sent();
    }

    private List<Long> waiting() {
        return sql
                .select("SELECT payload::jsonb ->> 'inspection_id' FROM messaging.message WHERE queue = 'inspections'")
                .stream()
                .map(Long::valueOf)
                .toList();
    }

    private long inspection(String requester, String state, String age) {
        return Long.parseLong(sql.select(
                        "WITH shield AS (INSERT INTO shield (name) VALUES ('Dragon Scale') RETURNING id)"
                                + " INSERT INTO inspection (shield_id, requested_by, state, requested_at)"
                                + " SELECT id, ?, ?, now() - ?::interval FROM shield RETURNING id",
                        requester,
                        state,
                        age)
                .get(0));
    }
}
