package dev.aegis.platform.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Limits of the bodies of requests, which are held in memory until the response is sent. */
@ConfigMapping(prefix = "aegis.api")
interface BodyLimits {

    /** The maximum size of one body; a longer one gets a 413. */
    @WithDefault("512K")
    MemorySize maxBodySize();

    /** How long a body may take, from the head of the request: at least a millisecond; a slower one gets a 408. */
    @WithDefault("PT30S")
    @DurationMin(millis = 1)
    Duration maxBodyTime();

    /** The maximum size of all bodies in memory; beyond it, requests get a 503. */
    @WithDefault("32M")
    MemorySize maxBodiesSize();
}
