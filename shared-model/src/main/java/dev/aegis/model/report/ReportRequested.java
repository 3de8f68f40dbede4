package dev.aegis.model.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * Asks a worker to write an {@link ArmouryReport}. Sent to the channel {@code reports}.
 *
 * @param firingId the firing of the schedule that asks
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ReportRequested(long firingId) {}
