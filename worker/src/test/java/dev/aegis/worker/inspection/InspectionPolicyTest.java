package dev.aegis.worker.inspection;

import static dev.aegis.model.inspection.InspectionState.CONDEMNED;
import static dev.aegis.model.inspection.InspectionState.PASSED;
import static dev.aegis.model.inspection.InspectionState.REPAIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aegis.model.inspection.InspectionResult;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InspectionPolicyTest {

    private static final List<Duration> AGES = Stream.concat(
                    IntStream.rangeClosed(0, 120).mapToObj(Duration::ofDays),
                    Stream.of(Duration.ofNanos(1), Duration.ofHours(23), Duration.ofDays(1_000_000)))
            .sorted()
            .toList();

    @Test
    void aStrongShieldThatWasJustInspectedPassesUnchanged() {
        assertThat(decide(95, Duration.ZERO)).isEqualTo(new InspectionResult(PASSED, 95, "Found at 95: sound"));
    }

    @Test
    void aStrongShieldThatWasNotInspectedForDaysPassesWithItsWear() {
        assertThat(decide(95, Duration.ofDays(7)))
                .isEqualTo(new InspectionResult(PASSED, 88, "Worn by 7 to 88: sound"));
    }

    @Test
    void aWeakShieldIsMended() {
        assertThat(decide(10, Duration.ZERO))
                .isEqualTo(new InspectionResult(REPAIRED, 30, "Found at 10: mended to 30"));
    }

    @Test
    void aShieldThatHasFallenApartIsCondemned() {
        assertThat(decide(4, Duration.ZERO)).isEqualTo(new InspectionResult(CONDEMNED, 0, "Found at 4: beyond repair"));
    }

    @Test
    void theWearDecidesAsMuchAsTheRatingDoes() {
        assertThat(decide(50, Duration.ofDays(1)).outcome()).isEqualTo(REPAIRED);
        assertThat(decide(50, Duration.ofDays(45)).outcome()).isEqualTo(REPAIRED);
        assertThat(decide(50, Duration.ofDays(46)).outcome()).isEqualTo(CONDEMNED);
    }

    @Test
    void lessThanADayDoesNotWear() {
        assertThat(decide(80, Duration.ofDays(1).minusNanos(1)).rating()).isEqualTo(80);
        assertThat(decide(80, Duration.ofDays(1)).rating()).isEqualTo(79);
    }

    @Test
    void theThresholdsAreInclusive() {
        assertThat(decide(50, Duration.ZERO).outcome()).isEqualTo(PASSED);
        assertThat(decide(49, Duration.ZERO).outcome()).isEqualTo(REPAIRED);
        assertThat(decide(5, Duration.ZERO).outcome()).isEqualTo(REPAIRED);
        assertThat(decide(4, Duration.ZERO).outcome()).isEqualTo(CONDEMNED);
    }

    @Test
    void theRatingStaysFromZeroToAHundred() {
        forEveryCondition(
                condition -> assertThat(InspectionPolicy.decide(condition).rating())
                        .as("%s", condition)
                        .isBetween(0, 100));
    }

    @Test
    void theSameConditionAlwaysGetsTheSameResult() {
        forEveryCondition(condition ->
                assertThat(InspectionPolicy.decide(condition)).isEqualTo(InspectionPolicy.decide(condition)));
    }

    @Test
    void theOutcomeIsPassedRepairedOrCondemned() {
        forEveryCondition(
                condition -> assertThat(InspectionPolicy.decide(condition).outcome())
                        .as("%s", condition)
                        .isIn(PASSED, REPAIRED, CONDEMNED));
    }

    @Test
    void aShieldThatPassesIsBattleWorthyAndNoBetterThanBefore() {
        forEveryCondition(condition -> {
            var result = InspectionPolicy.decide(condition);
            if (result.outcome() == PASSED) {
                assertThat(result.rating())
                        .as("%s", condition)
                        .isBetween(InspectionPolicy.BATTLE_WORTHY, condition.rating());
            }
        });
    }

    @Test
    void aRepairRaisesTheRatingThatTheWearHasLeft() {
        forEveryCondition(condition -> {
            var result = InspectionPolicy.decide(condition);
            if (result.outcome() == REPAIRED) {
                var worn = condition.rating() - condition.age().toDays();
                assertThat((long) result.rating()).as("%s", condition).isGreaterThan(worn);
            }
        });
    }

    @Test
    void aCondemnedShieldProtectsNobodyAndStaysCondemned() {
        forEveryCondition(condition -> {
            var result = InspectionPolicy.decide(condition);
            if (result.outcome() == CONDEMNED) {
                assertThat(result.rating()).as("%s", condition).isZero();
                assertThat(decide(result.rating(), Duration.ZERO).outcome()).isEqualTo(CONDEMNED);
            }
        });
    }

    @Test
    void anOlderShieldNeverFaresBetter() {
        IntStream.rangeClosed(0, 100).forEach(rating -> {
            var outcomes =
                    AGES.stream().map(age -> decide(rating, age).outcome()).toList();
            assertThat(outcomes).as("rating %d", rating).isSorted();
        });
    }

    @Test
    void everyShieldThatCanBeMendedIsBattleWorthyInTheEnd() {
        IntStream.rangeClosed(InspectionPolicy.MENDABLE, 100).forEach(rating -> {
            var result = decide(rating, Duration.ZERO);
            while (result.outcome() == REPAIRED) {
                result = decide(result.rating(), Duration.ZERO);
            }
            assertThat(result.outcome()).as("rating %d", rating).isEqualTo(PASSED);
        });
    }

    @Test
    void anInvalidConditionIsRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ShieldCondition(101, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new ShieldCondition(-1, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new ShieldCondition(10, Duration.ofNanos(-1)));
    }

    private static InspectionResult decide(int rating, Duration age) {
        return InspectionPolicy.decide(new ShieldCondition(rating, age));
    }

    private static void forEveryCondition(Consumer<ShieldCondition> check) {
        for (var rating = 0; rating <= 100; rating++) {
            for (var age : AGES) {
                check.accept(new ShieldCondition(rating, age));
            }
        }
    }
}
