package dev.aegis.platform.database;

import io.smallrye.health.api.Wellness;
import java.sql.SQLException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Finds sequences that are behind their tables, with the statement that repairs each. Not a readiness check: reads still work,
 * and a restart would not help.
 */
@Wellness
class SequencesCheck implements HealthCheck {
    private final Sequences sequences;

    SequencesCheck(Sequences sequences) {
        this.sequences = sequences;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("Sequences are ahead of their tables");
        try {
            var behind = sequences.behind();
            behind.forEach(sequence -> response.withData(sequence.column(), sequence.remedy()));
            return response.status(behind.isEmpty()).build();
        } catch (SQLException e) {
            return response.withData("error", String.valueOf(e.getMessage()))
                    .down()
                    .build();
        }
    }
}
