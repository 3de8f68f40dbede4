package dev.aegis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {

    @Test
    void aDatabaseIsARealAndEmptyPostgresql() throws SQLException {
        try (var database = TestDatabase.open()) {
            assertThat(ask(database, "SELECT version()")).startsWith("PostgreSQL ");
            assertThat(ask(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void eachDatabaseIsSeparate() throws SQLException {
        try (var one = TestDatabase.open();
                var other = TestDatabase.open()) {
            execute(one, "CREATE TABLE shield ()");

            assertThat(ask(other, "SELECT to_regclass('shield')")).isNull();
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        try (var database = TestDatabase.open()) {
            assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), database.username(), "wrong"))
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void theServerKeepsItsAddressAndDataOverARestart() throws SQLException {
        try (var database = TestDatabase.open()) {
            if (!database.canRestart()) {
                assertThatThrownBy(database::stop).isInstanceOf(UnsupportedOperationException.class);
                return;
            }
            execute(database, "CREATE TABLE shield ()");

            database.stop();
            assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
            database.start();

            assertThat(ask(database, "SELECT count(*) FROM shield")).isEqualTo("0");
        }
    }

    @Test
    void nothingIsLeftAfterTheClose() {
        var database = TestDatabase.open();
        database.close();

        assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
    }

    @Test
    void theEmbeddedServerWorksEverywhere() throws SQLException {
        try (var database = new EmbeddedDatabase()) {
            assertThat(ask(database, "SHOW server_version")).startsWith(Database.version() + ".");
            database.stop();
            database.start();
            assertThat(ask(database, "SELECT current_user")).isEqualTo("aegis");
        }
    }

    @Test
    void aNamedServerIsGivenAScratchDatabaseThatIsDroppedAgain() throws SQLException {
        try (var server = TestDatabase.open()) {
            var scratches = "SELECT count(*) FROM pg_database WHERE datname LIKE 'aegis_test_%'";
            var before = ask(server, scratches);
            try (var scratch = new NamedDatabase(Address.parse(server.url()))) {
                execute(scratch, "CREATE TABLE shield ()");
                assertThat(ask(server, "SELECT to_regclass('shield')")).isNull();
                assertThat(ask(server, scratches)).isNotEqualTo(before);
            }
            assertThat(ask(server, scratches)).isEqualTo(before);
        }
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(Database database, String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
