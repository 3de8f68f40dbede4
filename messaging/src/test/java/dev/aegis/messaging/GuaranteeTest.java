package dev.aegis.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A transaction around a handler removes its message, however it came there; one inside of it does not. */
@QuarkusTest
class GuaranteeTest extends MessagingTest {

    @Inject
    Clerks clerks;

    @ParameterizedTest
    @CsvSource({"by-stereotype, aborted", "by-parent, aborted", "by-binding, aborted", "by-itself, committed"})
    void aHandlerWhoseClaimWasLostHasNoEffectIfItsTransactionIsAroundIt(String channel, String end) throws Exception {
        execute("INSERT INTO messaging.message (queue, content_type, payload) VALUES ('" + channel
                + "', 'text/plain', 'x')");
        execute("SELECT pg_notify('messaging." + channel + "', '')");

        eventually().until(() -> clerks.transactionOf(channel) != null);
        var status = "SELECT pg_xact_status('" + clerks.transactionOf(channel) + "'::xid8)";
        eventually().until(() -> !query(status).contains("in progress"));
        assertThat(query(status)).containsExactly(end);
    }
}
