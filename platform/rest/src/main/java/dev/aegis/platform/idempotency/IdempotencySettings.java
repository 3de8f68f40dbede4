package dev.aegis.platform.idempotency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The settings {@code aegis.idempotency.*}. */
@ConfigMapping(prefix = "aegis.idempotency")
interface IdempotencySettings {

    /** How long an answer is kept, from the request, to be given to repeats of it: from a second to a year. */
    @WithDefault("P1D")
    @DurationMin(seconds = 1)
    @DurationMax(days = 366)
    Duration retention();
}
