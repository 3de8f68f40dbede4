package dev.aegis.model.database;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.INTEGER;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aegis.model.ServiceDatabase;
import dev.aegis.testing.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class SchemaTest {

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
                "INSERT INTO migrations.aegis SELECT 99, '99', 'the future', type, script, checksum, installed_by, now(), 1, true"
                        + " FROM migrations.aegis WHERE version = '1'");

        assertThatThrownBy(this::bringUpToDate)
                .isInstanceOf(SchemaTooNewException.class)
                .hasMessage("The database has version 99 of the aegis schema, which this service does not know:"
                        + " it is older than the database.");
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

    private int bringUpToDate() {
        return bringUpToDate(() -> false);
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
