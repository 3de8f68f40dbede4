package dev.aegis.worker.inspection;

import dev.aegis.model.inspection.InspectionRequested;
import dev.aegis.model.inspection.Inspections;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Does the inspections that are asked for. The outcome, the shield's new rating and the removal of the message are one
 * transaction: however often the message is delivered, the effect is there once.
 */
@ApplicationScoped
class InspectionHandler {

    static final String QUEUE = "inspections";

    private static final Logger LOG = Logger.getLogger(InspectionHandler.class);

    private final Inspections inspections;
    private final String worker;

    /** @param worker the name by which the connections of this process are known in {@code pg_stat_activity} */
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
        var found = inspections.findForUpdate(request.inspectionId()).orElse(null);
        if (found == null || found.inspection().isCompleted()) {
            LOG.infof("Inspection %d is completed or gone already", request.inspectionId());
            return;
        }
        var inspection = found.inspection();
        var result = InspectionPolicy.decide(ShieldCondition.of(inspection.shield, found.now()));
        inspection.complete(result, worker, found.now());
        LOG.infof("Inspection %d %s. %s", inspection.id, result.outcome().code(), result.finding());
    }
}
