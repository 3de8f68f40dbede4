package dev.aegis.messaging.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aegis.messaging.settle.FailurePolicy;
import dev.aegis.messaging.settle.FailureStrategy;
import dev.aegis.messaging.settle.RetryPolicy;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that do not fit the handler of their channel are refused at the start. */
@QuarkusTest
class HandlerMethodsTest {

    @Inject
    HandlerMethods handlers;

    @Inject
    QueueConsumers consumers;

    private static InboundSettings settings(String channel, int batchSize, int transactionSize) {
        var second = Duration.ofSeconds(1);
        return new InboundSettings(
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
                new FailurePolicy(FailureStrategy.REQUEUE, new RetryPolicy(1, second, second), Set.of()));
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
    @ValueSource(strings = {"ledger", "batches", "hostile-inner", "by-stereotype", "by-parent", "by-binding"})
    void aTransactionAroundTheHandlerGivesEffectOnce(String channel) {
        assertThat(handlers.guaranteeOf(channel).isEffectOnce()).isTrue();
        assertThat(handlers.guaranteeOf(channel).reason()).contains("the transaction of ");
    }

    @ParameterizedTest
    @CsvSource({
        "plain, Diary.note is not @Transactional",
        "by-itself, 'a transaction that it begins itself commits before'",
        "of nobody, no @Incoming method handles",
    })
    void whatIsHandledAtLeastOnceIsToldWithTheReason(String channel, String reason) {
        assertThat(handlers.guaranteeOf(channel).isEffectOnce()).isFalse();
        assertThat(handlers.guaranteeOf(channel).reason()).contains(reason);
    }

    @Test
    void aChannelHasOneHandler() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> handlers.check(settings("twice", 0, 1)))
                .withMessageContaining("bind two queues to an address");
    }

    @Test
    void onlyAnUnorderedHandlerIsCalledSeveralTimesAtOnce() {
        assertThat(handlers.callsAtOnce("shared", 16)).isEqualTo(16);
        assertThat(handlers.callsAtOnce("in-turn", 16)).isEqualTo(1);
    }

    @Test
    void aProcessConsumesAQueueByOneChannel() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> consumers.open(settings("another", 0, 1)))
                .withMessageContaining("mp.messaging.incoming.another: queue texts is consumed by channel texts");
    }
}
