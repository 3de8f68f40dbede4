package dev.aegis.scheduler.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aegis.model.inspection.InspectionRequested;
import dev.aegis.platform.schedule.Firing;
import dev.aegis.scheduler.TestTimes;
import dev.aegis.testing.Sql;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(TestTimes.class)
class AskAgainTest {

    @Inject
    AskAgain schedule;

    @Inject
    OpenInspections open;

    @Inject
    Session database;

    @Inject
    @Channel("inspections")
    Emitter<InspectionRequested> requests;

    @Inject
    Sql sql;

    @BeforeEach
    void emptyTheArmoury() {
        sql.update("DELETE FROM shield");
        sql.update("DELETE FROM messaging.message WHERE queue = 'inspections'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "schedule"})
    void anInspectionWhoseMessageIsGoneIsAskedForAgain(String requester) {
        var inspection = inspection(requester, "requested", "61 minutes");

        assertThat(fire()).isEqualTo(1);
        assertThat(waiting()).containsExactly(inspection);
    }

    @Test
    void anInspectionThatIsNotOpenForLongIsLeftAlone() {
        inspection("api", "requested", "59 minutes");

        assertThat(fire()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"passed", "repaired", "condemned", "failed"})
    void anInspectionThatHasEndedIsLeftAlone(String state) {
        sql.update(
                "UPDATE inspection SET state = ?, finished_at = now() WHERE id = ?",
                state,
                inspection("api", "requested", "61 minutes"));

        assertThat(fire()).isZero();
    }

    @Test
    void anInspectionIsAskedForAgainAfterTheSameTimeAndWaitsOnce() {
        var inspection = inspection("api", "requested", "61 minutes");
        assertThat(fire()).isEqualTo(1);
        assertThat(fire()).isZero();

        sql.update("UPDATE inspection SET asked_again_at = now() - interval '61 minutes'");
        assertThat(fire()).isEqualTo(1);
        assertThat(waiting()).containsExactly(inspection);
    }

    @Test
    void aTimeInTheFutureDoesNotSilenceAnInspection() {
        inspection("api", "requested", "61 minutes");
        sql.update("UPDATE inspection SET asked_again_at = now() + interval '1 year'");

        assertThat(fire()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT59S", "-PT1H"})
    void lessThanAMinuteIsRefusedWithTheSetting(String patience) {
        var impatient = new OpenInspections(database, Duration.parse(patience));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(impatient::check)
                .withMessageContainingAll("AEGIS_INSPECTION_ASK_AGAIN_AFTER", "PT1M");
    }

    @Test
    void aMinuteIsAccepted() {
        new OpenInspections(database, Duration.ofMinutes(1)).check();
    }

    @Test
    void thoseAreAskedForFirstThatHaveWaitedLongest() {
        inspection("api", "requested", "2 hours");
        var longest = inspection("api", "requested", "4 hours");
        var longer = inspection("api", "requested", "3 hours");

        assertThat(fire(new AskAgain(open, requests, 2))).isEqualTo(2);
        assertThat(waiting()).containsExactlyInAnyOrder(longest, longer);
    }

    private int fire() {
        return fire(schedule);
    }

    private int fire(AskAgain schedule) {
        var id = sql.select("INSERT INTO scheduling.schedule_firing (schedule, fire_time)"
                + " VALUES ('ask-again', clock_timestamp()) RETURNING id");
        var firing = new Firing(Long.parseLong(id.get(0)), "ask-again", Instant.now());
        return QuarkusTransaction.requiringNew().call(() -> schedule.fire(firing));
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
