package dev.aegis.platform.database;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.INTEGER;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aegis.testing.PgBouncer;
import dev.aegis.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SchemaTest {

    private static final int SESSIONS = 4;

    @Inject
    Flyway flyway;

    dev.aegis.testing.Database database;

    @BeforeEach
    void open() {
        database = TestDatabase.open();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anEmptyDatabaseGetsTheWholeSchemaOnce() {
        assertThat(bringUpToDate()).isGreaterThanOrEqualTo(4);
        assertThat(bringUpToDate()).isZero();
    }

    @Test
    void servicesThatStartAtOnceMigrateOnce() throws Exception {
        var services = Executors.newFixedThreadPool(4);
        try {
            Callable<Integer> start = this::bringUpToDate;
            var scripts = new ArrayList<Integer>();
            for (Future<Integer> service : services.invokeAll(List.of(start, start, start, start), 60, SECONDS)) {
                scripts.add(service.get());
            }
            assertThat(scripts).hasSize(4).filteredOn(run -> run > 0).hasSize(1);
        } finally {
            services.shutdownNow();
        }
    }

    @Test
    void aSchemaThatIsNewerThanTheServiceIsRefused() throws SQLException {
        bringUpToDate();
        execute(
                "INSERT INTO migrations.domain SELECT 99, '99', 'the future', type, script, checksum, installed_by, now(), 1, true"
                        + " FROM migrations.domain WHERE version = '1'");

        assertThatThrownBy(this::bringUpToDate)
                .isInstanceOf(SchemaException.class)
                .hasMessage("The database has version 99 of the domain schema, which this service does not know:"
                        + " the service is older than the database.");
    }

    @Test
    void aServiceThatStartsBeforeTheDatabaseWaitsForIt() throws Exception {
        assumeTrue(database.canRestart(), "the server of TEST_DATABASE_URL is not ours to stop");
        database.stop();
        var asked = new AtomicInteger();

        var service = supplyAsync(() -> bringUpToDate(() -> asked.incrementAndGet() < 0));
        await().until(() -> asked.get() > 10);
        assertThat(service).isNotDone();
        database.start();

        assertThat(service).succeedsWithin(30, SECONDS).asInstanceOf(INTEGER).isPositive();
    }

    @Test
    void aServiceThatWaitsForTheDatabaseCanBeStopped() {
        var asked = new AtomicBoolean();
        var nowhere = DatabaseUrl.parse("postgresql://u:p@localhost:1/d");

        assertThatThrownBy(
                        () -> new Schema(flyway.getConfiguration(), nowhere).bringUpToDate(() -> asked.getAndSet(true)))
                .isInstanceOf(StoppedException.class);
    }

    @Test
    void aMigrationThatWasEditedAfterItsRunIsNamedWithWhatToDo() throws SQLException {
        bringUpToDate();
        execute("UPDATE migrations.domain SET checksum = checksum + 1 WHERE version = '2'");

        assertThatThrownBy(this::bringUpToDate)
                .isInstanceOf(SchemaException.class)
                .hasMessage(
                        "Migration 2 of the domain schema, db/domain/V2__remark.sql, was changed after the database had run it:"
                                + " restore it, and write the change as a new migration.");
    }

    @Test
    void aMigrationThatIsGoneAndOneThatFailsAreNamed() throws SQLException {
        assertThatThrownBy(() -> bringUpToDate("V999__sword.sql", "CREATE TABLE note (id integer)"))
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll("V999__sword.sql", "\"note\" already exists");
        execute("UPDATE migrations.domain SET version = '1.5', script = 'V1_5__gone.sql' WHERE version = '1'");

        assertThatThrownBy(this::bringUpToDate)
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("1.5");
    }

    @Test
    void aScriptThatMeetsADeadlockIsRunAgain() throws SQLException {
        execute("CREATE SEQUENCE runs");

        bringUpToDate("V999__sword.sql", """
                DO $$ BEGIN
                    IF nextval('public.runs') < 3 THEN RAISE 'deadlock' USING ERRCODE = '40P01'; END IF;
                END $$""");

        assertThat(ask("SELECT last_value FROM runs")).isEqualTo("3");
    }

    @Test
    void eachComponentHasAHistoryOfItsOwn() throws SQLException {
        bringUpToDate();

        assertThat(
                        ask(
                                "SELECT string_agg(tablename, ' ' ORDER BY tablename) FROM pg_tables WHERE schemaname = 'migrations'"))
                .isEqualTo("domain operations");
        assertThat(ask("SELECT min(version) FROM migrations.domain WHERE version <> '0'"))
                .isEqualTo("1");
        assertThat(ask("SELECT min(version) FROM messaging.schema_history WHERE version <> '0'"))
                .as("that of the connector is where the connector itself keeps it")
                .isEqualTo("1");
    }

    @Test
    void aScriptThatBelongsToNoComponentIsRefused() {
        assertThatThrownBy(() -> bringUpToDate("../V999__sword.sql", "CREATE TABLE sword (id integer)"))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("belongs to no component");
    }

    @Test
    void aNameWithoutASchemaBelongsToThePublicOne() throws SQLException {
        bringUpToDate("V999__sword.sql", "CREATE TABLE sword (id integer); INSERT INTO sword VALUES (1)");

        assertThat(ask("SELECT schemaname FROM pg_tables WHERE tablename = 'sword'"))
                .isEqualTo("public");
    }

    @Test
    void aScriptThatRunsOutsideATransactionFindsThePublicSchemaToo() throws SQLException {
        bringUpToDate("V999__sweep.sql", "VACUUM note");

        assertThat(ask("SELECT success FROM migrations.domain WHERE version = '999'"))
                .isEqualTo("t");
    }

    @Test
    void aScriptThatRunsOutsideATransactionFindsNothingInTheSchemaOfTheHistories() throws SQLException {
        bringUpToDate();
        execute("CREATE TABLE migrations.stray (id integer)");

        assertThatThrownBy(() -> bringUpToDate("V999__sweep.sql", "VACUUM stray"))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("\"stray\" does not exist");
    }

    @Test
    void aScriptRunsAsIfNothingHadBeenSetForTheDatabase() throws SQLException {
        assertThat(settingsOfAScript(DatabaseUrl.parse(database.url())))
                .containsEntry("search_path", "public")
                .containsEntry("standard_conforming_strings", "on")
                .containsEntry("default_transaction_isolation", "read committed")
                .containsEntry("statement_timeout", "0")
                .containsEntry("lock_timeout", "0")
                .containsEntry("idle_in_transaction_session_timeout", "0")
                .containsEntry("idle_session_timeout", "0");
    }

    @Test
    void aScriptRunsSoBehindAPoolerThatTakesNoOptionsToo() throws SQLException {
        assertThat(settingsOfAScript(DatabaseUrl.parse(database.url()).with(Map.of("options", ""))))
                .containsEntry("search_path", "public")
                .containsEntry("standard_conforming_strings", "on")
                .containsEntry("statement_timeout", "0")
                .containsEntry("lock_timeout", "0")
                .containsEntry("idle_in_transaction_session_timeout", "0");
    }

    /** In a database that sets each of them to something else. */
    private Map<String, String> settingsOfAScript(DatabaseUrl url) throws SQLException {
        for (var setting : List.of(
                "search_path = nowhere",
                "default_transaction_isolation = serializable",
                "standard_conforming_strings = off",
                "statement_timeout = '19s'",
                "lock_timeout = '19s'",
                "idle_in_transaction_session_timeout = '19s'",
                "idle_session_timeout = '19s'")) {
            execute("ALTER DATABASE " + ask("SELECT current_database()") + " SET " + setting);
        }
        bringUpToDate(url, "V999__seen.sql", "CREATE TABLE seen AS SELECT name, setting FROM pg_catalog.pg_settings");
        var settings = new HashMap<String, String>();
        for (var line : ask("SELECT string_agg(name || '=' || setting, chr(10)) FROM public.seen")
                .lines()
                .toList()) {
            var parts = line.split("=", 2);
            settings.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        return settings;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "search_path = nowhere",
                "default_transaction_isolation = serializable",
                "standard_conforming_strings = off",
                "statement_timeout = '1ms'",
                "lock_timeout = '1ms'",
                "idle_in_transaction_session_timeout = '20ms'",
                "idle_session_timeout = '20ms'",
            })
    void noSettingOfTheServerKeepsTheSchemaFromBeingBroughtUpToDate(String setting) throws SQLException {
        execute("ALTER DATABASE " + ask("SELECT current_database()") + " SET " + setting);

        var url = Connections.forMigrations(DatabaseUrl.parse(database.url()), "aegis-test");
        assertThat(new Schema(flyway.getConfiguration(), url).bringUpToDate(() -> false))
                .isPositive();
    }

    @Test
    void aPasswordMayEndInASpace() throws SQLException {
        execute("CREATE ROLE smith SUPERUSER LOGIN PASSWORD ' p@ss '");
        var address = DatabaseUrl.parse(database.url());
        var smith = new DatabaseUrl(address.hosts(), address.database(), "smith", " p@ss ", Map.of());
        try {
            assertThat(new Schema(flyway.getConfiguration(), Connections.forMigrations(smith, "aegis-test"))
                            .bringUpToDate(() -> false))
                    .isPositive();
        } finally {
            execute("REASSIGN OWNED BY smith TO CURRENT_USER");
            execute("DROP ROLE smith");
        }
    }

    @Test
    @EnabledIf(
            value = "isThereAPgBouncer",
            disabledReason = "there is no pgbouncer on this machine (apt-get install pgbouncer)")
    void aStartThroughAPoolerLeavesNothingInItsSessions() throws SQLException {
        try (var bouncer = PgBouncer.before(database, SESSIONS)) {
            var url = Connections.forMigrations(DatabaseUrl.parse(bouncer.url()), "aegis-test");
            var schema = new Schema(flyway.getConfiguration(), url);

            assertThat(supplyAsync(() -> schema.bringUpToDate(() -> false)))
                    .succeedsWithin(60, SECONDS)
                    .asInstanceOf(INTEGER)
                    .isPositive();
            await().untilAsserted(() -> assertThat(ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
                    .isEqualTo("0"));
            assertThat(settingsLeft(bouncer)).isEmpty();
            assertThat(supplyAsync(() -> schema.bringUpToDate(() -> false)))
                    .succeedsWithin(30, SECONDS)
                    .isEqualTo(0);
        }
    }

    static boolean isThereAPgBouncer() {
        return PgBouncer.isInstalled();
    }

    /** What is set in the sessions of the server, all of which are taken at the same time. */
    private static List<String> settingsLeft(PgBouncer bouncer) throws SQLException {
        var left = new ArrayList<String>();
        var sessions = new ArrayList<Connection>();
        var source = Connections.dataSource(DatabaseUrl.parse(bouncer.url()).without("options"));
        try {
            for (var i = 0; i < SESSIONS; i++) {
                var session = source.getConnection();
                sessions.add(session);
                session.setAutoCommit(false);
                try (var statement = session.createStatement();
                        var rows = statement.executeQuery("SELECT name || ' = ' || setting FROM pg_settings"
                                + " WHERE name IN ('search_path', 'statement_timeout', 'lock_timeout')"
                                + " AND setting <> reset_val")) {
                    while (rows.next()) {
                        left.add(rows.getString(1));
                    }
                }
            }
        } finally {
            for (var session : sessions) {
                session.rollback();
                session.close();
            }
        }
        return left;
    }

    private int bringUpToDate() {
        return bringUpToDate(() -> false);
    }

    /** With one more script of the domain. */
    private int bringUpToDate(String name, String script) {
        return bringUpToDate(DatabaseUrl.parse(database.url()), name, script);
    }

    private int bringUpToDate(DatabaseUrl address, String name, String script) {
        var url = Connections.forMigrations(address, "aegis-test");
        var built = flyway.getConfiguration();
        var more = Flyway.configure()
                .configuration(built)
                .resourceProvider(new OneMore(
                        built.getResourceProvider(),
                        new Script(Path.of("db/domain", name).normalize().toString(), script)));
        return new Schema(more, url).bringUpToDate(() -> false);
    }

    private record OneMore(ResourceProvider built, Script more) implements ResourceProvider {
        @Override
        public LoadableResource getResource(String name) {
            return name.equals(more.getAbsolutePath()) ? more : built.getResource(name);
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            var all = new ArrayList<>(built.getResources(prefix, suffixes));
            if (more.getFilename().startsWith(prefix)) {
                all.add(more);
            }
            return all;
        }
    }

    private static final class Script extends LoadableResource {
        private final String path;
        private final String text;

        Script(String path, String text) {
            this.path = path;
            this.text = text;
        }

        @Override
        public Reader read() {
            return new StringReader(text);
        }

        @Override
        public String getAbsolutePath() {
            return path;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return path;
        }

        @Override
        public String getFilename() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        @Override
        public String getRelativePath() {
            return getFilename();
        }
    }

    private String ask(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private int bringUpToDate(BooleanSupplier stopping) {
        var url = Connections.forMigrations(DatabaseUrl.parse(database.url()), "aegis-test");
        return new Schema(flyway.getConfiguration(), url).bringUpToDate(stopping);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
