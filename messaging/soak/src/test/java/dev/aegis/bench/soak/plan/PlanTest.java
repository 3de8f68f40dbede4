package dev.aegis.bench.soak.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.bench.soak.task.HandlerBehavior;
import dev.aegis.bench.soak.task.Step;
import dev.aegis.bench.soak.task.TestMessage;
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
    void everyKindOfFaultIsPlanned() {
        assertThat(plan.faults())
                .extracting(Fault::kind)
                .contains(Fault.Kind.values())
                .hasSizeGreaterThan(Fault.Kind.values().length);
    }

    @Test
    void everyQueueModeAndBehaviorIsPlanned() {
        var messages =
                plan.steps().stream().flatMap(step -> step.messages().stream()).toList();
        assertThat(messages).extracting(TestMessage::queue).containsAll(Queues.DESTINATIONS);
        assertThat(messages).extracting(message -> message.task().behavior()).contains(HandlerBehavior.values());
        assertThat(plan.steps()).extracting(Step::mode).contains(Step.Mode.values());
    }

    @Test
    void onlyWhatTheSameSenderSentBeforeIsCancelled() {
        var sent = new HashMap<String, Step>();
        var revoked = 0;
        for (var step : plan.steps()) {
            assertThat(step.revoked())
                    .allSatisfy(key -> assertThat(sent.get(key).lane()).isEqualTo(step.lane()));
            step.messages().forEach(message -> sent.put(message.task().id(), step));
            revoked += step.revoked().size();
        }
        assertThat(revoked).isGreaterThan(100);
    }

    @Test
    void soManyMessagesAreSentAtLeast() {
        assertThat(plan.steps().stream()
                        .filter(step -> step.mode() != Step.Mode.ROLL_BACK)
                        .mapToInt(step -> step.messages().size())
                        .sum())
                .isBetween(10_000, 10_020);
    }
}
