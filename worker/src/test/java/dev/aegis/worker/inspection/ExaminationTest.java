package dev.aegis.worker.inspection;

import static dev.aegis.model.inspection.InspectionState.CONDEMNED;
import static dev.aegis.model.inspection.InspectionState.PASSED;
import static dev.aegis.model.inspection.InspectionState.REPAIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExaminationTest {

    private static final List<Duration> AGES = Stream.concat(
                    IntStream.rangeClosed(0, 120).mapToObj(Duration::ofDays),
                    Stream.of(Duration.ofNanos(1), Duration.ofHours(23), Duration.ofDays(1_000_000)))
            .sorted()
            .toList();

    @Test
    void aStrongShieldThatWasJustLookedAfterPassesAsItIs() {
        assertThat(examine(95, Duration.ZERO)).isEqualTo(new Verdict(PASSED, 95, "Found at 95: sound"));
    }

    @Test
    void aStrongShieldThatWasLeftAlonePassesWithItsWear() {
        assertThat(examine(95, Duration.ofDays(7))).isEqualTo(new Verdict(PASSED, 88, "Worn by 7 to 88: sound"));
    }

    @Test
    void aWeakShieldIsMended() {
        assertThat(examine(10, Duration.ZERO)).isEqualTo(new Verdict(REPAIRED, 30, "Found at 10: mended to 30"));
    }

    @Test
    void aShieldThatHasFallenApartIsCondemned() {
        assertThat(examine(4, Duration.ZERO)).isEqualTo(new Verdict(CONDEMNED, 0, "Found at 4: beyond repair"));
    }

    @Test
    void theWearDecidesAsMuchAsTheRatingDoes() {
        assertThat(examine(50, Duration.ofDays(1)).outcome()).isEqualTo(REPAIRED);
        assertThat(examine(50, Duration.ofDays(45)).outcome()).isEqualTo(REPAIRED);
        assertThat(examine(50, Duration.ofDays(46)).outcome()).isEqualTo(CONDEMNED);
    }

    @Test
    void lessThanADayDoesNotWear() {
        assertThat(examine(80, Duration.ofDays(1).minusNanos(1)).rating()).isEqualTo(80);
        assertThat(examine(80, Duration.ofDays(1)).rating()).isEqualTo(79);
    }

    @Test
    void theBoundsBelongToTheBetterSide() {
        assertThat(examine(50, Duration.ZERO).outcome()).isEqualTo(PASSED);
        assertThat(examine(49, Duration.ZERO).outcome()).isEqualTo(REPAIRED);
        assertThat(examine(5, Duration.ZERO).outcome()).isEqualTo(REPAIRED);
        assertThat(examine(4, Duration.ZERO).outcome()).isEqualTo(CONDEMNED);
    }

    @Test
    void theRatingStaysFromZeroToAHundred() {
        forEveryCondition(condition -> assertThat(Examination.of(condition).rating())
                .as("%s", condition)
                .isBetween(0, 100));
    }

    @Test
    void theSameConditionAlwaysGetsTheSameVerdict() {
        forEveryCondition(condition -> assertThat(Examination.of(condition)).isEqualTo(Examination.of(condition)));
    }

    @Test
    void theOutcomeIsPassedRepairedOrCondemned() {
        forEveryCondition(condition -> assertThat(Examination.of(condition).outcome())
                .as("%s", condition)
                .isIn(PASSED, REPAIRED, CONDEMNED));
    }

    @Test
    void aShieldThatPassesIsBattleWorthyAndNoBetterThanItCame() {
        forEveryCondition(condition -> {
            var verdict = Examination.of(condition);
            if (verdict.outcome() == PASSED) {
                assertThat(verdict.rating())
                        .as("%s", condition)
                        .isBetween(Examination.BATTLE_WORTHY, condition.rating());
            }
        });
    }

    @Test
    void aRepairRaisesWhatTheWearHasLeft() {
        forEveryCondition(condition -> {
            var verdict = Examination.of(condition);
            if (verdict.outcome() == REPAIRED) {
                var worn = condition.rating() - condition.age().toDays();
                assertThat((long) verdict.rating()).as("%s", condition).isGreaterThan(worn);
            }
        });
    }

    @Test
    void aCondemnedShieldProtectsNobodyAndStaysCondemned() {
        forEveryCondition(condition -> {
            var verdict = Examination.of(condition);
            if (verdict.outcome() == CONDEMNED) {
                assertThat(verdict.rating()).as("%s", condition).isZero();
                assertThat(examine(verdict.rating(), Duration.ZERO).outcome()).isEqualTo(CONDEMNED);
            }
        });
    }

    @Test
    void anOlderShieldNeverFaresBetter() {
        IntStream.rangeClosed(0, 100).forEach(rating -> {
            var outcomes =
                    AGES.stream().map(age -> examine(rating, age).outcome()).toList();
            assertThat(outcomes).as("rating %d", rating).isSorted();
        });
    }

    @Test
    void everyShieldThatCanBeMendedIsBattleWorthyInTheEnd() {
        IntStream.rangeClosed(Examination.MENDABLE, 100).forEach(rating -> {
            var verdict = examine(rating, Duration.ZERO);
            while (verdict.outcome() == REPAIRED) {
                verdict = examine(verdict.rating(), Duration.ZERO);
            }
            assertThat(verdict.outcome()).as("rating %d", rating).isEqualTo(PASSED);
        });
    }

    @Test
    void aConditionThatCannotBeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Condition(101, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new Condition(-1, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new Condition(10, Duration.ofNanos(-1)));
    }

    private static Verdict examine(int rating, Duration age) {
        return Examination.of(new Condition(rating, age));
    }

    private static void forEveryCondition(Consumer<Condition> check) {
        for (var rating = 0; rating <= 100; rating++) {
            for (var age : AGES) {
                check.accept(new Condition(rating, age));
            }
        }
    }
}
