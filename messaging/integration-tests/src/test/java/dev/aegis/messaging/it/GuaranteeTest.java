package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aegis.messaging.PostgresqlMessaging;
import dev.aegis.messaging.internal.receive.IncomingMethods;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A transaction around a handler removes its message, however it came there; one inside of it does not. */
@QuarkusTest
class GuaranteeTest extends MessagingTest {

    @Inject
    Clerks clerks;

    @Inject
    IncomingMethods methods;

    @Inject
    Bridged bridged;

    @Inject
    @Channel("to-bridged")
    Emitter<String> toBridged;

    @Inject
    @Connector(PostgresqlMessaging.CONNECTOR)
    InboundConnector connector;

    @ParameterizedTest
    @CsvSource({"by-stereotype, aborted", "by-parent, aborted", "by-interceptor, aborted", "by-itself, committed"})
    void aHandlerWhoseClaimWasLostHasNoEffectIfItsTransactionIsAroundIt(String channel, String end) throws Exception {
        execute("INSERT INTO messaging.message (queue, content_type, payload) VALUES ('" + channel
                + "', 'text/plain', 'x')");
        execute("SELECT pg_notify('messaging." + channel + "', '')");

        eventually().until(() -> clerks.transactionOf(channel) != null);
        var status = "SELECT pg_xact_status('" + clerks.transactionOf(channel) + "'::xid8)";
        eventually().until(() -> !query(status).contains("in progress"));
        assertThat(query(status)).containsExactly(end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledger", "batches", "hostile-inner", "by-stereotype", "by-parent", "by-interceptor"})
    void aTransactionAroundAHandlerIsFoundWhenTheApplicationIsBuilt(String channel) {
        assertThat(methods.guaranteeOf(channel).isEffectOnce()).isTrue();
        assertThat(methods.guaranteeOf(channel).reason()).contains("the transaction of ");
    }

    /** The compiler makes a second method for it, with the annotations of the first. */
    interface Handling<T> {

        void handle(T payload);
    }

    @ApplicationScoped
    static class Bridged implements Handling<String> {

        private final AtomicReference<String> handled = new AtomicReference<>();

        @Override
        @Incoming("bridged")
        @Transactional
        public void handle(String payload) {
            handled.set(payload);
        }

        String handled() {
            return handled.get();
        }
    }

    @Test
    void aHandlerMayImplementAMethodOfAGenericInterface() {
        toBridged.send("x").toCompletableFuture().join();

        eventually().until(() -> "x".equals(bridged.handled()) && isDrained());
        assertThat(methods.guaranteeOf("bridged").isEffectOnce()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "plain, Diary.note is not @Transactional",
        "by-itself, 'a transaction that it begins itself commits before'"
    })
    void noTransactionIsFoundWhereThereIsNone(String channel, String reason) {
        assertThat(methods.guaranteeOf(channel).isEffectOnce()).isFalse();
        assertThat(methods.guaranteeOf(channel).reason()).contains(reason);
    }

    @Test
    void aProcessConsumesAQueueByOneChannel() {
        var second =
                config(Map.of("channel-name", "another", "connector", PostgresqlMessaging.CONNECTOR, "queue", "texts"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> connector.getPublisher(second))
                .withMessageContaining("mp.messaging.incoming.another: queue texts is consumed by channel texts");
    }

    private static Config config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 1))
                .build();
    }
}
