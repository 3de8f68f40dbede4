package dev.aegis.e2e;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The whole system, started for the tests and out of the way of any other that runs on this machine. */
interface RunningSystem extends AutoCloseable {
    /** Schedules that come round within the patience of a test. */
    Map<String, String> QUICK_SCHEDULES = Map.of(
            "AEGIS_SCHEDULE_INSPECT_OVERDUE_CRON", "*/5 * * * * ?",
            "AEGIS_SCHEDULE_ARMOURY_REPORT_CRON", "*/5 * * * * ?");

    /** What it was started with, beside ports and schedules. */
    Map<String, String> settings();

    Api api();

    int databasePort();

    /** The address that ports are bound to. */
    default String host() {
        return settings().getOrDefault("BIND_ADDRESS", "localhost");
    }

    default Connection database() throws SQLException {
        return database(settings().getOrDefault("POSTGRES_PASSWORD", "aegis"));
    }

    default Connection database(String password) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + host() + ":" + databasePort() + "/aegis_db", "aegis", password);
    }

    /** All that the services have said. */
    Stream<String> log();

    /** The ports on this machine: of the api, a scheduler and a worker. */
    List<Integer> servicePorts();

    /** Asks a worker to end, waits until it has, and has another started in its place. Returns how long it took to end. */
    Duration stopAWorker();

    /** Kills a worker, as {@code kill -9} does, in the middle of what it is at. */
    void killAWorker();

    /** Stops everything and starts it again. */
    void restart();

    /** Stops everything, and removes what was made for the tests. */
    @Override
    void close();
}
