package dev.aegis.model.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * Asks a worker to write an {@link ArmouryReport}. Sent to the channel {@code reports}.
 *
 * @param scheduleRunId the run of the schedule that requests it
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ReportRequested(long scheduleRunId) {}
