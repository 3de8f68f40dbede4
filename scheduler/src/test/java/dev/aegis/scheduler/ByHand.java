package dev.aegis.scheduler;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The schedules fire when the test says, and not by the clock. */
public class ByHand implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "aegis.schedule.inspect-overdue.cron", "off",
                "aegis.schedule.armoury-report.cron", "off",
                "aegis.schedule.prune.cron", "off");
    }
}
