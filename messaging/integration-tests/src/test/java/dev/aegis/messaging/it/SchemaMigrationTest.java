package dev.aegis.messaging.it;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aegis.messaging.internal.schema.SchemaMigration;
import dev.aegis.testing.Database;
import dev.aegis.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The connector creates its own schema, on a database that has nothing. */
class SchemaMigrationTest {

    private Database database;
    private PGSimpleDataSource source;

    @BeforeEach
    void open() {
        database = TestDatabase.open();
        source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(database.username());
        source.setPassword(database.password());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void processesThatStartAtTheSameTimeRunEachMigrationOnce() throws Exception {
        var processes = 4;
        var start = new CyclicBarrier(processes);
        Callable<Integer> process = () -> {
            start.await(1, MINUTES);
            return SchemaMigration.migrate(source);
        };
        var executor = Executors.newFixedThreadPool(processes);
        try {
            var migrated = 0;
            for (var one : executor.invokeAll(List.of(process, process, process, process))) {
                migrated += one.get();
            }
            assertThat(migrated).isEqualTo(1);
        } finally {
            executor.shutdownNow();
        }
        assertThat(query("SELECT version FROM messaging.schema_history WHERE success AND version IS NOT NULL"))
                .containsExactly("1");
    }

    @Test
    void aSchemaThatIsUpToDateIsLeftAsItIs() throws SQLException {
        assertThat(SchemaMigration.migrate(source)).isEqualTo(1);
        assertThat(SchemaMigration.migrate(source)).isZero();
    }

    @Test
    void aSchemaThatIsNewerThanTheConnectorIsRefused() throws SQLException {
        SchemaMigration.migrate(source);
        execute("INSERT INTO messaging.schema_history SELECT 99, '99', 'the future', type, 'V99__future.sql', checksum,"
                + " installed_by, now(), 0, true FROM messaging.schema_history WHERE version = '1'");

        assertThatThrownBy(() -> SchemaMigration.migrate(source))
                .hasMessageContaining("version 99 of the schema messaging")
                .hasMessageContaining("the connector is older than the database");
    }

    @Test
    void nothingIsCreatedOutsideOfTheSchemasOfTheConnector() throws SQLException {
        var before = query("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY 1");

        SchemaMigration.migrate(source);

        before.addAll(List.of("messaging", "messaging_internal"));
        assertThat(query("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY 1"))
                .containsExactlyInAnyOrderElementsOf(before);
        assertThat(query("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .isEmpty();
    }

    @Test
    void theSchemaMessagingHasOnlyTheFunctionsThatAPersonCalls() throws SQLException {
        SchemaMigration.migrate(source);

        assertThat(query("SELECT proname FROM pg_proc WHERE pronamespace = 'messaging'::regnamespace ORDER BY 1"))
                .containsExactlyInAnyOrder(
                        "cancel",
                        "cancel",
                        "depth",
                        "drop_dead_letter",
                        "drop_dead_letters",
                        "pause",
                        "purge",
                        "resend",
                        "resend",
                        "resume",
                        "subscribe",
                        "unsubscribe");
    }

    @Test
    void eachFunctionSaysWhatItDoes() throws SQLException {
        SchemaMigration.migrate(source);

        assertThat(query("SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace IN"
                        + " ('messaging'::regnamespace, 'messaging_internal'::regnamespace)"
                        + " AND obj_description(oid, 'pg_proc') IS NULL"))
                .isEmpty();
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> query(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
