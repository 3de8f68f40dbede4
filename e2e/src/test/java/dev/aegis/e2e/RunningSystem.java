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

    String ROLE = "aegis";
    String DATABASE = "aegis_db";

    /** What it was started with, beside ports and schedules. */
    Map<String, String> settings();

    Api api();

    int databasePort();

    /** The address that ports are bound to. */
    default String host() {
        return settings().getOrDefault("BIND_ADDRESS", "localhost");
    }

    default Connection database() throws SQLException {
        return database(settings().getOrDefault("POSTGRES_PASSWORD", ROLE));
    }

    default Connection database(String password) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + host() + ":" + databasePort() + "/" + DATABASE, ROLE, password);
    }

    /** The logs of all services. */
    Stream<String> log();

    /** The ports on this machine: of one replica of each service, in the order of the list of services. */
    List<Integer> servicePorts();

    /** Asks a worker to end, waits until it has, and has another started in its place. Returns how long it took to end. */
    Duration stopAWorker();

    /** Kills a worker in the middle of its work, as {@code kill -9} does. */
    void killAWorker();

    /** Stops everything and starts it again. */
    void restart();

    /** Stops everything, and removes what was made for the tests. */
    @Override
    void close();
}
