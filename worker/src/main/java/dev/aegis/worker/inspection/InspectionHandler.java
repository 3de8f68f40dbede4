package dev.aegis.worker.inspection;

import dev.aegis.model.inspection.InspectionRequested;
import dev.aegis.model.inspection.Inspections;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Carries out requested inspections. The outcome, the shield's new rating and the removal of the message are one
 * transaction: however often the message is delivered, it takes effect once.
 */
@ApplicationScoped
class InspectionHandler {

    /** The channel, and the queue that it consumes. */
    static final String QUEUE = "inspections";

    private static final Logger LOG = Logger.getLogger(InspectionHandler.class);

    private final Inspections inspections;
    private final String worker;

    /** @param worker the {@code application_name} of this process in {@code pg_stat_activity} */
    InspectionHandler(
            Inspections inspections,
            @ConfigProperty(name = "aegis.database.application-name", defaultValue = "${quarkus.application.name}")
                    String worker) {
        this.inspections = inspections;
        this.worker = worker;
    }

    @Incoming(QUEUE)
    @Transactional
    void inspect(InspectionRequested request) {
        var locked = inspections.findForUpdate(request.inspectionId()).orElse(null);
        if (locked == null || locked.inspection().isCompleted()) {
            LOG.infof("Inspection %d has already been completed or deleted", request.inspectionId());
            return;
        }
        var inspection = locked.inspection();
        var result = InspectionPolicy.decide(ShieldCondition.of(inspection.shield, locked.now()));
        inspection.complete(result, worker, locked.now());
        LOG.infof("Inspection %d %s. %s", inspection.id, result.outcome().code(), result.finding());
    }
}
