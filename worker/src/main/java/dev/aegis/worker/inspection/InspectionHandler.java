package dev.aegis.worker.inspection;

import dev.aegis.model.inspection.InspectionRequested;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Takes each inspection that is asked for to its outcome. The outcome, the shield's new rating and the end of the message
 * are one transaction: however often the message is delivered, the effect is there once.
 */
@ApplicationScoped
class InspectionHandler {

    static final String QUEUE = "inspections";

    private static final Logger LOG = Logger.getLogger(InspectionHandler.class);

    private final InspectionLedger ledger;

    InspectionHandler(InspectionLedger ledger) {
        this.ledger = ledger;
    }

    /** Begins before anything else: until then this transaction holds no connection, so one is enough for both. */
    @Incoming(QUEUE)
    @Transactional
    void inspect(InspectionRequested request) {
        var inspection = request.inspectionId();
        ledger.begin(inspection);
        var condition = ledger.take(inspection);
        if (condition.isEmpty()) {
            LOG.infof("Inspection %d is left: it has its outcome, or its shield is gone", inspection);
            return;
        }
        var verdict = Examination.of(condition.get());
        if (ledger.conclude(inspection, condition.get(), verdict)) {
            LOG.infof("Inspection %d %s. %s", inspection, verdict.outcome().code(), verdict.finding());
        } else {
            LOG.infof("Inspection %d is left: another worker has concluded it", inspection);
        }
    }
}
