package dev.aegis.bench.server;

import dev.aegis.bench.CliException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A database of the benchmark's own on the server, dropped at the end. */
public final class Database implements AutoCloseable {

    private static final String[] DURABLE = {"fsync", "synchronous_commit", "full_page_writes"};
    private static final String[] TOLD = {
        "fsync",
        "synchronous_commit",
        "full_page_writes",
        "shared_buffers",
        "max_wal_size",
        "max_connections",
        "wal_sync_method"
    };

    private final Address administration;
    private final Address address;
    private final Connection connection;

    private Database(Address administration, Address address, Connection connection) {
        this.administration = administration;
        this.address = address;
        this.connection = connection;
    }

    /** Makes an empty one. A server whose commits aren't durable is refused. */
    public static Database create(Server server, String purpose) throws SQLException {
        var administration = server.address();
        var name = "aegis_bench_" + purpose + "_" + UUID.randomUUID().toString().substring(0, 8);
        execute(administration, "CREATE DATABASE " + name);
        var address = administration.withName(name);
        var database = new Database(administration, address, address.connect());
        database.execute("SET statement_timeout = '180s'; SET lock_timeout = '30s'");
        database.checkDurable();
        return database;
    }

    public Address address() {
        return address;
    }

    /** The benchmark's own connection to it. */
    public Connection connection() {
        return connection;
    }

    /** The database that is not measured, for reading statistics without disturbing them. */
    public Address administration() {
        return administration;
    }

    public void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row. */
    public String value(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Brings the server to rest, so that a round doesn't pay for the one before. */
    public void settle() throws SQLException {
        execute("VACUUM ANALYZE");
        execute("CHECKPOINT");
    }

    /**
     * Has the statements of the sessions that begin from now on counted by pg_stat_statements, or not; they aren't at
     * first, because counting costs time.
     *
     * @return whether the server can count at all
     */
    public boolean countStatements(boolean whether) {
        try {
            execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
            value("SELECT count(*) FROM pg_stat_statements");
            execute("ALTER DATABASE " + address.name() + " SET pg_stat_statements.track = "
                    + (whether ? "top" : "none"));
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Its settings that matter, for the reader of the results. */
    public Map<String, String> settings() throws SQLException {
        var settings = new TreeMap<String, String>();
        for (var name : TOLD) {
            settings.put(name, value("SHOW " + name));
        }
        return settings;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        execute(administration, "DROP DATABASE IF EXISTS " + address.name() + " WITH (FORCE)");
    }

    private void checkDurable() throws SQLException {
        for (var name : DURABLE) {
            var value = value("SHOW " + name);
            if (!value.equals("on")) {
                throw new CliException(name + " is " + value + " on this server: only durable commits are measured.");
            }
        }
    }

    private static void execute(Address address, String sql) throws SQLException {
        try (var connection = address.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
