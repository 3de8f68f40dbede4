package dev.aegis.messaging.internal.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aegis.messaging.FailureAction;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that do not fit the handler of their channel are refused at the start. */
class IncomingMethodsTest {

    private final IncomingMethods handlers = new IncomingMethods(List.of(
            handler("batches", "batch", List.class, "REQUIRED", false),
            handler("texts", "texts", List.class, null, false),
            handler("shared", "single", String.class, "REQUIRES_NEW", true),
            handler("in-turn", "single", String.class, "REQUIRED", false),
            handler("plain", "single", String.class, null, false),
            handler("never", "single", String.class, "NEVER", false),
            handler("twice", "single", String.class, null, false),
            handler("twice", "second", String.class, null, false)));

    private static IncomingMethod handler(
            String channel, String name, Class<?> parameter, @Nullable String transaction, boolean isConcurrent) {
        return new IncomingMethod(
                channel, Bean.class.getName(), name, List.of(parameter.getName()), transaction, isConcurrent);
    }

    static class Bean {
        void batch(List<Integer> numbers) {}

        void texts(List<String> texts) {}

        void single(String text) {}

        void second(String text) {}
    }

    private static IncomingSettings settings(String channel, int batchSize, int transactionSize) {
        var second = Duration.ofSeconds(1);
        return new IncomingSettings(
                channel,
                "texts",
                null,
                1,
                1,
                batchSize,
                transactionSize,
                0,
                1000,
                second,
                null,
                1,
                Set.of(),
                (message, failure) -> FailureAction.drop());
    }

    @Test
    void aListNeedsABatch() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> handlers.check(settings("batches", 0, 1)))
                .withMessageContaining("batch=true");
        assertThatIllegalArgumentException().isThrownBy(() -> handlers.check(settings("texts", 0, 1)));
        assertThatCode(() -> handlers.check(settings("batches", 10, 1))).doesNotThrowAnyException();
    }

    @Test
    void aBatchNeedsAList() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> handlers.check(settings("shared", 10, 1)))
                .withMessageContaining("List");
    }

    @Test
    void onlyATransactionalHandlerOfPayloadsSharesTransactions() {
        assertThatCode(() -> handlers.check(settings("shared", 0, 10))).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> handlers.check(settings("plain", 0, 10)))
                .withMessageContaining("@Transactional");
        assertThatIllegalArgumentException().isThrownBy(() -> handlers.check(settings("of nobody", 0, 10)));
        assertThatIllegalArgumentException().isThrownBy(() -> settings("batches", 10, 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"batches", "shared", "in-turn"})
    void aTransactionAroundTheHandlerGivesEffectOnce(String channel) {
        assertThat(handlers.guaranteeOf(channel).isEffectOnce()).isTrue();
        assertThat(handlers.guaranteeOf(channel).reason()).contains("the transaction of Bean.");
    }

    @ParameterizedTest
    @CsvSource({
        "plain, Bean.single is not @Transactional",
        "never, 'Bean.single is @Transactional(NEVER), which begins no transaction'",
        "of nobody, no @Incoming method handles them",
    })
    void whatIsHandledAtLeastOnceIsToldWithTheReason(String channel, String reason) {
        assertThat(handlers.guaranteeOf(channel).isEffectOnce()).isFalse();
        assertThat(handlers.guaranteeOf(channel).reason()).contains(reason);
    }

    @Test
    void theItemsOfAListAreOfTheTypeThatTheHandlerSays() {
        assertThat(handlers.itemsOf("batches")).isEqualTo(Integer.class);
        assertThat(handlers.itemsOf("of nobody")).isEqualTo(Object.class);
    }

    @Test
    void aChannelHasOneHandler() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> handlers.check(settings("twice", 0, 1)))
                .withMessageContaining("subscribe two queues to a topic");
    }

    @Test
    void onlyAnUnorderedHandlerIsCalledSeveralTimesAtOnce() {
        assertThat(handlers.callsAtOnce("shared", 16)).isEqualTo(16);
        assertThat(handlers.callsAtOnce("in-turn", 16)).isEqualTo(1);
    }
}
