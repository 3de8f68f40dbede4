package dev.aegis.model.inspection;

import dev.aegis.model.shield.Shield;
import dev.aegis.platform.database.DatabaseClock;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * An inspection whose shield is locked, so that nobody else completes or fails it until the transaction ends.
 *
 * @param inspection the inspection, with its shield
 * @param now the time by the clock of the database, which all times in rows come from, because the clocks of machines
 *     differ. {@code now()} would be when the transaction began, which several inspections may share
 */
public record LockedInspection(Inspection inspection, Instant now) {

    /** As {@link DatabaseClock#NOW} selects it. */
    LockedInspection(Inspection inspection, Shield shield, OffsetDateTime now) {
        this(inspection, now.toInstant());
    }
}
