package dev.aegis.model.inspection;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * Asks a worker to carry out an inspection. Sent in the transaction that inserts it.
 *
 * @param inspectionId the inspection to do
 */
@JsonNaming(SnakeCaseStrategy.class)
public record InspectionRequested(long inspectionId) {

    /**
     * The ordering key of the messages for a shield: those that are sent with it are handled one after the other, in the order in
     * which they were sent.
     */
    public static String orderingKey(long shieldId) {
        return "shield-" + shieldId;
    }
}
