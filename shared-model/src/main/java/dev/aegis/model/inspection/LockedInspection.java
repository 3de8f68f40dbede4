package dev.aegis.model.inspection;

import dev.aegis.model.shield.Shield;
import dev.aegis.platform.database.DatabaseClock;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * An inspection that nobody else completes or fails until the transaction ends, since its shield is locked.
 *
 * @param inspection the inspection, with its shield
 * @param now the time by the clock of the database, as are all times in rows: those of machines differ
 */
public record LockedInspection(Inspection inspection, Instant now) {

    /** As {@link DatabaseClock#NOW} selects it. */
    LockedInspection(Inspection inspection, Shield shield, OffsetDateTime now) {
        this(inspection, now.toInstant());
    }
}
