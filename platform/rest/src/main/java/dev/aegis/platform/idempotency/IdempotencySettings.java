package dev.aegis.platform.idempotency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Settings of {@link Idempotent} requests. */
@ConfigMapping(prefix = "aegis.idempotency")
interface IdempotencySettings {

    /** How long a response is kept for retries, from the time of the request: 1 second to 366 days, by default 1 day. */
    @WithDefault("P1D")
    @DurationMin(seconds = 1)
    @DurationMax(days = 366)
    Duration retention();
}
