package dev.aegis.e2e;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** The whole system, started for the tests and out of the way of any other that runs on this machine. */
interface RunningSystem extends AutoCloseable {
    /** Schedules that come round within the patience of a test. */
    Map<String, String> QUICK_SCHEDULES = Map.of(
            "AEGIS_SCHEDULE_INSPECT_OVERDUE_CRON", "*/5 * * * * ?",
            "AEGIS_SCHEDULE_ARMOURY_REPORT_CRON", "*/5 * * * * ?");

    Api api();

    int databasePort();

    default Connection database() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + databasePort() + "/aegis_db", "aegis", "aegis");
    }

    /** Kills a worker, as {@code kill -9} does, in the middle of what it is at. */
    void killAWorker();

    /** Stops everything and starts it again. */
    void restart();

    /** Stops everything, and removes what was made for the tests. */
    @Override
    void close();
}
