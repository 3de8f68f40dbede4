package dev.aegis.bench.soak.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.bench.soak.task.Conduct;
import dev.aegis.bench.soak.task.Parcel;
import dev.aegis.bench.soak.task.Step;
import java.util.HashMap;
import org.junit.jupiter.api.Test;

class PlanTest {

    private final Plan plan = Plan.of(7, 10_000);

    @Test
    void theSameSeedGivesTheSamePlan() {
        assertThat(Plan.of(7, 10_000)).isEqualTo(plan);
        assertThat(Plan.of(8, 10_000)).isNotEqualTo(plan);
    }

    @Test
    void everyKindOfDisturbanceIsPlanned() {
        assertThat(plan.disturbances())
                .extracting(Disturbance::kind)
                .contains(Disturbance.Kind.values())
                .hasSizeGreaterThan(Disturbance.Kind.values().length);
    }

    @Test
    void everyQueueModeAndConductIsPlanned() {
        var parcels =
                plan.steps().stream().flatMap(step -> step.parcels().stream()).toList();
        assertThat(parcels).extracting(Parcel::queue).containsAll(Queues.DESTINATIONS);
        assertThat(parcels).extracting(parcel -> parcel.task().conduct()).contains(Conduct.values());
        assertThat(plan.steps()).extracting(Step::mode).contains(Step.Mode.values());
    }

    @Test
    void onlyWhatTheSameSenderSentBeforeIsCancelled() {
        var sent = new HashMap<String, Step>();
        var revoked = 0;
        for (var step : plan.steps()) {
            assertThat(step.revoked())
                    .allSatisfy(key -> assertThat(sent.get(key).lane()).isEqualTo(step.lane()));
            step.parcels().forEach(parcel -> sent.put(parcel.task().id(), step));
            revoked += step.revoked().size();
        }
        assertThat(revoked).isGreaterThan(100);
    }

    @Test
    void soManyMessagesAreSentAtLeast() {
        assertThat(plan.steps().stream()
                        .filter(step -> step.mode() != Step.Mode.ROLL_BACK)
                        .mapToInt(step -> step.parcels().size())
                        .sum())
                .isBetween(10_000, 10_020);
    }
}
