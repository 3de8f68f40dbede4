package dev.aegis.model.inspection;

import java.time.Instant;

/**
 * An inspection that nobody else completes or fails until the transaction ends, since its shield is locked.
 *
 * @param inspection the inspection, with its shield
 * @param now the time by the clock of the database, as are all times in rows: those of machines differ
 */
public record LockedInspection(Inspection inspection, Instant now) {}
