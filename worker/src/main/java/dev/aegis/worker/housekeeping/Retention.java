package dev.aegis.worker.housekeeping;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** How long history is kept: the settings {@code aegis.retention.*}, such as {@code P30D} for thirty days. */
@ConfigMapping(prefix = "aegis.retention")
interface Retention {

    /** Inspections, from their end; those without an outcome are always kept. */
    Duration inspections();

    /** Reports, from when they were written. */
    Duration reports();

    /** Firings of schedules, from when they happened; the last of each schedule is always kept. */
    Duration firings();
}
