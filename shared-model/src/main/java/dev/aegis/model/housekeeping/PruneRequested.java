package dev.aegis.model.housekeeping;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * Asks a worker to remove old history. Sent to the channel {@code housekeeping}.
 *
 * @param firingId the firing of the schedule that asks
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PruneRequested(long firingId) {}
