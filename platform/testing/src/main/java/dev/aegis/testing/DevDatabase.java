package dev.aegis.testing;

import io.quarkus.runtime.LaunchMode;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * The database of {@code quarkus dev} where {@code DATABASE_URL} names none and no Docker engine answers, so that Dev
 * Services cannot start one: an embedded PostgreSQL, empty at first, which survives reloads and is removed when dev
 * mode ends.
 */
public final class DevDatabase implements ConfigSource {
    private static final String SETTING = "DATABASE_URL";

    /**
     * The system property with its URL, for all class loaders of dev mode, which come and go with the reloads; empty
     * where Dev Services start it. Only the class loader of the build knows the launch mode early enough.
     */
    private static final String STARTED = "aegis.dev.database-url";

    /** Held, because the log manager forgets the level of a logger that nobody holds. */
    private static final Logger QUIET = Logger.getLogger("io.zonky.test");

    /** Below all sources in which the user may set another one. */
    @Override
    public int getOrdinal() {
        return 0;
    }

    @Override
    public @Nullable String getValue(String name) {
        return name.equals(SETTING) ? url(System.getProperties()) : null;
    }

    @Override
    public Set<String> getPropertyNames() {
        return Set.of();
    }

    @Override
    public String getName() {
        return "the database of dev mode";
    }

    private static @Nullable String url(Properties jvm) {
        synchronized (jvm) {
            var started = jvm.getProperty(STARTED);
            if (started == null && LaunchMode.current() == LaunchMode.DEVELOPMENT) {
                if (DockerEngine.find(System.getenv("DOCKER_HOST")).isPresent()) {
                    jvm.setProperty(STARTED, "");
                    return null;
                }
                QUIET.setLevel(Level.SEVERE);
                var database = new EmbeddedDatabase();
                Runtime.getRuntime().addShutdownHook(new Thread(database::close, "dev-database-close"));
                started = database.url();
                jvm.setProperty(STARTED, started);
                System.out.println(
                        "Dev mode uses an embedded PostgreSQL, because no Docker engine answers: " + started);
            }
            return started == null || started.isEmpty() ? null : started;
        }
    }
}
