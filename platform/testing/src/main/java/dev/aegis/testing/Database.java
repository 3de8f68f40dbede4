package dev.aegis.testing;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A PostgreSQL database for one test: empty at first, removed by {@link #close()} or at the end of the JVM. Its user may
 * do anything on the server. A {@code @QuarkusTest} that uses {@link TestDatabase} gets the one behind its application
 * by declaring a field of this type.
 */
public abstract class Database implements AutoCloseable {
    private static final Duration RESPONSE_TIMEOUT = Duration.ofMinutes(1);

    private final Address address;
    private final AtomicBoolean closed = new AtomicBoolean();

    Database(Address address) {
        this.address = address;
    }

    /** The major version of PostgreSQL in containers and embedded. */
    static int version() {
        var named = System.getenv("TEST_POSTGRES_VERSION");
        return named == null || named.isBlank() ? 16 : Integer.parseInt(named.strip());
    }

    Address address() {
        return address;
    }

    /** The database as {@code postgresql://user:password@host:port/name}, the form that DATABASE_URL takes. */
    public String url() {
        return address.url();
    }

    /** The database for the JDBC driver, without user and password. */
    public String jdbcUrl() {
        return address.jdbcUrl();
    }

    public String username() {
        return address.user();
    }

    public String password() {
        return address.password();
    }

    /**
     * A new connection in autocommit mode; the caller closes it. Non-default settings of the server do not apply to it.
     */
    public Connection connect() throws SQLException {
        return NonDefaultSettings.areEnabled()
                ? NonDefaultSettings.connectWithout(address)
                : DriverManager.getConnection(jdbcUrl(), username(), password());
    }

    /** Whether {@link #stop()} and {@link #start()} work: on every server but the one that TEST_DATABASE_URL names. */
    public boolean canRestart() {
        return true;
    }

    /** Stops the server: its connections end, new ones are refused. The data is kept. Does nothing when it is stopped. */
    public abstract void stop();

    /**
     * Starts the server again, on the same address and data, and waits until it accepts connections. Does nothing when
     * it runs.
     */
    public abstract void start();

    /**
     * Kills a process of the server, which then ends all others and recovers, and waits until it accepts connections
     * again: what was committed without waiting for the disk may be lost. Works where {@link #canRestart()} is true.
     */
    public final void crash() throws SQLException {
        try (var connection = connect();
                var kill = connection.createStatement();
                var victim = connect();
                var ask = victim.createStatement();
                var pid = ask.executeQuery("SELECT pg_backend_pid()")) {
            pid.next();
            kill.execute("COPY (SELECT 1) TO PROGRAM 'cat >/dev/null; kill -9 " + pid.getInt(1) + "'");
            // The crash ends this connection too, during this statement if not during the first.
            kill.execute("SELECT pg_sleep(" + RESPONSE_TIMEOUT.toSeconds() + ")");
            throw new IllegalStateException("PostgreSQL did not crash");
        } catch (SQLException e) {
            if (e.getSQLState() == null
                    || !e.getSQLState().startsWith("08") && !e.getSQLState().startsWith("57")) {
                throw e;
            }
        }
        awaitReady();
    }

    /** Waits until the server accepts connections. */
    final void awaitReady() {
        var deadline = System.nanoTime() + RESPONSE_TIMEOUT.toNanos();
        while (true) {
            try {
                connect().close();
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("PostgreSQL did not come back within " + RESPONSE_TIMEOUT, e);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Removes the database, and the server with it where the server was started for it. Does nothing when closed already. */
    @Override
    public final void close() {
        if (closed.compareAndSet(false, true)) {
            remove();
        }
    }

    abstract void remove();
}
