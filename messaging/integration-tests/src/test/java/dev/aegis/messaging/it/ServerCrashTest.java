package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a process has given back stays given back when the server crashes: nobody would look for it. */
@QuarkusTest
class ServerCrashTest extends MessagingTest {

    private static final String ORPHANS = "messaging.message WHERE queue = 'nobody' AND claimed_by IS NOT NULL";
    private static final String TAKEN = "messaging.slot WHERE queue = 'narrow' AND consumer IS NOT NULL";

    @Inject
    @Channel("to-narrow")
    Emitter<String> narrow;

    /** Commits that do not wait for the disk reach it late, so that a crash loses them. */
    @BeforeEach
    void keepCommitsInMemory() throws SQLException {
        assumeTrue(database.canRestart(), "the server of TEST_DATABASE_URL is not ours to crash");
        execute("ALTER SYSTEM SET wal_writer_delay = '10s'");
        execute("SELECT pg_reload_conf()");
        eventually().until(() -> query("SHOW wal_writer_delay").contains("10s"));
    }

    @AfterEach
    void writeThemSoon() throws SQLException {
        execute("ALTER SYSTEM RESET wal_writer_delay");
        execute("SELECT pg_reload_conf()");
    }

    @Test
    void aSlotOfTheCluster() throws SQLException {
        narrow.send("text");
        eventually().until(() -> effects().contains("text") && isDrained());
        eventually().until(() -> count(TAKEN) == 0);

        database.crash();

        assertThat(count(TAKEN)).isZero();
    }

    @Test
    void theMessagesOfAConsumerThatIsGone() throws SQLException {
        letWait(1);
        execute(
                "INSERT INTO messaging.consumer (application_name, host, pid, queues) VALUES ('gone', 'here', 1, '{}')");
        execute("UPDATE messaging.message SET claimed_at = now(), claimed_by ="
                + " (SELECT id FROM messaging.consumer WHERE application_name = 'gone')");
        try (var connection = database.connect();
                var handler = connection.createStatement()) {
            connection.setAutoCommit(false);
            handler.execute("SELECT FROM messaging.message FOR UPDATE");
            eventually().until(() -> count("messaging.consumer WHERE application_name = 'gone'") == 0);
            // Its removal is on the disk when this is.
            execute("INSERT INTO effect (name, attempt) VALUES ('after the removal', 1)");
            assertThat(count(ORPHANS)).isOne();
            connection.rollback();
        }
        eventually().until(() -> count(ORPHANS) == 0);

        database.crash();

        assertThat(count(ORPHANS)).isZero();
    }
}
