package dev.aegis.model.inspection;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * Asks a worker to do an inspection. Sent in the transaction that writes the inspection.
 *
 * @param inspectionId the inspection to do
 */
@JsonNaming(SnakeCaseStrategy.class)
public record InspectionRequested(long inspectionId) {}
