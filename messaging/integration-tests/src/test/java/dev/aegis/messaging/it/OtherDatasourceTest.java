package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.testing.Database;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queues are in another database than the default one. */
@QuarkusTest
@TestProfile(OtherDatasource.Profile.class)
class OtherDatasourceTest {

    @Retention(RetentionPolicy.RUNTIME)
    @interface Queues {}

    @Queues
    private Database queues;

    @Inject
    AgroalDataSource defaultDatasource;

    @Inject
    @Channel("to-archive")
    Emitter<String> emitter;

    @Inject
    Archive archive;

    @BeforeEach
    void emptyTheTable() throws SQLException {
        execute("CREATE TABLE IF NOT EXISTS archived (text text)");
        execute("TRUNCATE archived");
    }

    @Test
    void theDefaultDatabaseGetsNoSchema() throws SQLException {
        try (var connection = defaultDatasource.getConnection()) {
            assertThat(value(connection, "SELECT to_regnamespace('messaging')")).isNull();
        }
        assertThat(value("SELECT to_regnamespace('messaging')")).isEqualTo("messaging");
    }

    @Test
    void aHandlerThatWritesThereHasItsEffectOnce() {
        emitter.send("shield");

        MessagingTest.eventually()
                .until(() -> archive.calls() >= 2 && "0".equals(value("SELECT count(*) FROM messaging.message")));
        assertThat(value("SELECT string_agg(text, ' ') FROM archived")).isEqualTo("shield");
    }

    @Test
    void whatIsSentInATransactionIsRolledBackWithIt() throws SQLException {
        execute("SELECT messaging.pause('archive')");
        try {
            QuarkusTransaction.begin();
            archive.write("helmet");
            emitter.send("helmet");
            QuarkusTransaction.rollback();

            assertThat(value("SELECT count(*) FROM messaging.message WHERE payload = 'helmet'"))
                    .isEqualTo("0");
            assertThat(value("SELECT count(*) FROM archived WHERE text = 'helmet'"))
                    .isEqualTo("0");
        } finally {
            execute("SELECT messaging.resume('archive')");
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = queues.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String value(String sql) {
        try (var connection = queues.connect()) {
            return value(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
