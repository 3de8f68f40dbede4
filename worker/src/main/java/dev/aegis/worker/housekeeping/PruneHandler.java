package dev.aegis.worker.housekeeping;

import dev.aegis.model.housekeeping.PruneRequested;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Removes the history that is past its retention. Each batch is a transaction of its own, so the handler has none: a message
 * that is delivered again finds the less to do.
 */
@ApplicationScoped
class PruneHandler {

    private static final Logger LOG = Logger.getLogger(PruneHandler.class);

    private final History history;
    private final Retention retention;

    PruneHandler(History history, Retention retention) {
        this.history = history;
        this.retention = retention;
    }

    @Incoming("housekeeping")
    @Blocking
    void prune(PruneRequested request) {
        var inspections = history.prune(Chapter.INSPECTIONS, retention.inspections());
        var reports = history.prune(Chapter.REPORTS, retention.reports());
        var firings = history.prune(Chapter.FIRINGS, retention.firings());
        LOG.infof(
                "Firing %d: pruned %d inspections, %d reports, %d firings",
                request.firingId(), inspections, reports, firings);
    }
}
