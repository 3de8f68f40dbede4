package dev.aegis.worker;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Messages are found soon, though the tests send them without a signal; inspections are tried twice, with little pause. */
public class Impatient implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "mp.messaging.incoming.inspections.poll-interval", "PT0.05S",
                "mp.messaging.incoming.reports.poll-interval", "PT0.05S",
                "mp.messaging.incoming.inspections.max-attempts", "2",
                "mp.messaging.incoming.inspections.retry.initial-delay", "PT0.02S");
    }
}
