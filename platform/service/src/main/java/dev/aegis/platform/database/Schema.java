package dev.aegis.platform.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.resource.LoadableResource;

/** The schema of the database. Any number of services may bring it up to date at the same time. */
final class Schema {
    /** Keeps the histories out of {@code public}, so that {@code \dt} shows just the domain. */
    private static final String HISTORIES = "migrations";

    /** The connector's history is where the connector itself keeps it when it is used without this module. */
    private static final Map<String, History> OTHER_HISTORIES =
            Map.of("messaging", new History("messaging", "schema_history"));

    /** Each component has a folder of scripts in here, and a history of its own that is named like the folder. */
    private static final String COMPONENTS = "db/";

    /** The scripts of the application, which may refer to all others. */
    private static final String DOMAIN = "domain";

    private static final String UNKNOWN =
            "The database has version %s of the %s schema, which this service does not know: the service is older than the database.";

    private static final String EDITED =
            "Migration %s of the %s schema, %s, was changed after the database had run it: restore it, and write the"
                    + " change as a new migration.";

    private final Configuration base;
    private final DatabaseUrl database;

    /** @param base holds the scripts that were found when the service was built */
    Schema(Configuration base, DatabaseUrl database) {
        this.base = base;
        this.database = database;
    }

    /**
     * Waits for the database as long as it takes, then runs the scripts that are missing, one service at a time.
     *
     * @param stopping ends the waiting
     * @return how many scripts were run
     * @throws StoppedException if {@code stopping} ended it
     * @throws SchemaException if the migrations of the service and those of the database do not match, or one fails
     */
    @SuppressWarnings("try") // the lock just has to be held
    int bringUpToDate(BooleanSupplier stopping) {
        var wait = new Wait(Duration.ofMillis(100), Duration.ofSeconds(2), stopping);
        while (true) {
            try (var lock = SchemaLock.acquire(database, stopping)) {
                return components().mapToInt(this::migrate).sum();
            } catch (FlywayException e) {
                if (!isTransient(e)) {
                    throw new SchemaException("The schema could not be brought up to date. " + e.getMessage(), e);
                }
                wait.pause("the database, to start the migrations again: " + e.getMessage());
            }
        }
    }

    /** In the order of their names, the domain last. */
    private Stream<String> components() {
        return base.getResourceProvider().getResources("", base.getSqlMigrationSuffixes()).stream()
                .map(Schema::componentOf)
                .distinct()
                .sorted(Comparator.<String, Boolean>comparing(DOMAIN::equals).thenComparing(Comparator.naturalOrder()));
    }

    private static String componentOf(LoadableResource script) {
        var path = script.getAbsolutePath();
        var end = path.indexOf('/', COMPONENTS.length());
        if (end < 0) {
            throw new SchemaException("Migration " + path + " belongs to no component: move it into a folder, such as "
                    + COMPONENTS + DOMAIN + ".");
        }
        return path.substring(COMPONENTS.length(), end);
    }

    private int migrate(String component) {
        var history = OTHER_HISTORIES.getOrDefault(component, new History(HISTORIES, component));
        var flyway = Flyway.configure()
                .configuration(base)
                .dataSource(Connections.dataSource(database))
                .resourceProvider(new Scripts(base.getResourceProvider(), COMPONENTS + component + "/"))
                .callbacks(new MigrationSessionSettings())
                .schemas(history.schema())
                .table(history.table())
                // The histories share a schema, so the second one finds it non-empty.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
        var known = Arrays.asList(flyway.info().all());
        refuse(known, Schema::isUnknown, component, UNKNOWN);
        refuse(known, Schema::wasEdited, component, EDITED);
        return flyway.migrate().migrationsExecuted;
    }

    private record History(String schema, String table) {}

    private static void refuse(
            List<MigrationInfo> migrations, Predicate<MigrationInfo> wrong, String component, String message) {
        migrations.stream().filter(wrong).findFirst().ifPresent(migration -> {
            throw new SchemaException(
                    String.format(Locale.ROOT, message, migration.getVersion(), component, migration.getScript()));
        });
    }

    private static boolean isUnknown(MigrationInfo migration) {
        return migration.getState() == MigrationState.FUTURE_SUCCESS;
    }

    private static boolean wasEdited(MigrationInfo migration) {
        return migration.getAppliedChecksum() != null
                && migration.getResolvedChecksum() != null
                && !migration.getAppliedChecksum().equals(migration.getResolvedChecksum());
    }

    private static boolean isTransient(Throwable failure) {
        return Causes.of(failure)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .filter(e -> e.getSQLState() != null)
                .findFirst()
                .filter(TransientFailures::isTransient)
                .isPresent();
    }
}
