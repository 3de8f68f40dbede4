package dev.aegis.worker.inspection;

import dev.aegis.messaging.DeadLetterEvent;
import dev.aegis.messaging.UnreadablePayloadException;
import dev.aegis.model.inspection.InspectionRequested;
import dev.aegis.model.inspection.Inspections;
import dev.aegis.model.inspection.LockedInspection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * Marks an inspection as failed in the transaction that moves its message to the dead letters. The finding names the
 * dead letter rather than its error, which is for operators and not for clients.
 */
@ApplicationScoped
class FailedInspections {

    private static final Logger LOG = Logger.getLogger(FailedInspections.class);

    private final Inspections inspections;

    FailedInspections(Inspections inspections) {
        this.inspections = inspections;
    }

    void onDeadLetter(@Observes DeadLetterEvent letter) {
        if (!letter.queue().equals(InspectionHandler.QUEUE)) {
            return;
        }
        try {
            var request = letter.payload(InspectionRequested.class);
            inspections
                    .findForUpdate(request.inspectionId())
                    .filter(found -> found.inspection().isOpen())
                    .ifPresent(found -> fail(found, letter));
        } catch (UnreadablePayloadException e) {
            LOG.errorf("Dead letter %d names no inspection: %s", letter.messageId(), e.getMessage());
        }
    }

    private static void fail(LockedInspection found, DeadLetterEvent letter) {
        var finding = String.format(
                Locale.ROOT, "Given up after %d attempts: see dead letter %d", letter.attempts(), letter.messageId());
        found.inspection().fail(finding, found.now());
        LOG.errorf("Inspection %d failed. %s", found.inspection().id, finding);
    }
}
