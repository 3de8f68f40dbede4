package dev.aegis.scheduler.inspection;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** The settings {@code aegis.inspection.*}; in the environment they are called {@code AEGIS_INSPECTION_*}. */
@ConfigMapping(prefix = "aegis.inspection")
interface InspectionSettings {

    /** A shield is overdue when its last inspection, or its creation if there was none, is longer ago. */
    Duration interval();

    /** How many inspections one run asks for at most, which bounds its transaction and the queue. */
    @Positive(message = "(AEGIS_INSPECTION_MAX_PER_RUN in the environment) must be 1 or more")
    int maxPerRun();

    /** An inspection that is open for longer is requested again. */
    @DurationMin(minutes = 1, message = "(AEGIS_INSPECTION_REQUEUE_AFTER in the environment) must be PT1M or more")
    Duration requeueAfter();
}
