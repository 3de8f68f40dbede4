package dev.aegis.scheduler;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * Reports are due each second, stale inspections were due when the year began, and inspections are due only when a test says so. One
 * profile for all tests of the module, so that the service starts once.
 */
public class TestTimes implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "aegis.schedule.inspect-overdue.cron", "off",
                "aegis.schedule.requeue-stale.cron", "0 0 0 1 1 ?",
                "aegis.schedule.armoury-report.cron", "* * * * * ?");
    }
}
