package dev.aegis.worker.inspection;

import dev.aegis.messaging.MessageDeadLettered;
import dev.aegis.messaging.UnreadablePayloadException;
import dev.aegis.model.inspection.InspectionRequested;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * Marks the inspections that were given up, in the transaction that moves their message to the dead letters. The finding
 * names the dead letter rather than its error, which is for operators and not for clients.
 */
@ApplicationScoped
class FailedInspections {

    private static final Logger LOG = Logger.getLogger(FailedInspections.class);

    private final InspectionLedger ledger;

    FailedInspections(InspectionLedger ledger) {
        this.ledger = ledger;
    }

    void note(@Observes MessageDeadLettered letter) {
        if (!letter.queue().equals(InspectionHandler.QUEUE)) {
            return;
        }
        try {
            var inspection = letter.payload(InspectionRequested.class).inspectionId();
            var finding = String.format(
                    Locale.ROOT,
                    "Given up after %d attempts: dead letter %d says why",
                    letter.attempts(),
                    letter.messageId());
            if (ledger.fail(inspection, finding)) {
                LOG.errorf("Inspection %d failed. %s", inspection, finding);
            }
        } catch (UnreadablePayloadException e) {
            LOG.errorf("Dead letter %d names no inspection: %s", letter.messageId(), e.getMessage());
        }
    }
}
