package dev.aegis.api.inspection;

import static java.util.stream.Collectors.joining;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import dev.aegis.model.inspection.Inspection;
import dev.aegis.model.inspection.InspectionRequested;
import dev.aegis.model.inspection.Inspections;
import dev.aegis.model.inspection.Requester;
import dev.aegis.model.shield.Shields;
import dev.aegis.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Requests inspections. Sending joins the transaction: an inspection and its message are both committed, or neither. */
@ApplicationScoped
class InspectionService {
    private static final int MAX_IDS_IN_DETAIL = 20;

    private final Shields shields;
    private final Inspections inspections;
    private final BulkInsert bulk;
    private final Emitter<InspectionRequested> requests;

    InspectionService(
            Shields shields,
            Inspections inspections,
            BulkInsert bulk,
            @Channel("inspections") Emitter<InspectionRequested> requests) {
        this.shields = shields;
        this.inspections = inspections;
        this.bulk = bulk;
        this.requests = requests;
    }

    /** Requests an inspection of a shield. */
    @Transactional
    Inspection request(long shieldId) {
        var shield = shields.findByIdOptional(shieldId)
                .orElseThrow(() -> ProblemException.notFound("There is no shield " + shieldId));
        var inspection = new Inspection(shield, Requester.API);
        inspections.persist(inspection);
        requests.send(Message.of(new InspectionRequested(inspection.id))
                .addMetadata(OutgoingPostgresqlMetadata.builder()
                        .withOrderingKey(InspectionRequested.orderingKey(shieldId))
                        .build()));
        return inspection;
    }

    /** Requests an inspection of each shield, or none at all. Returns their ids, in the order of the shields. */
    @Transactional
    List<Long> requestAll(List<Long> shieldIds) {
        var ids = bulk.insert(shieldIds);
        // Shields that do not exist are left out.
        if (ids.size() < shieldIds.size()) {
            throw ProblemException.badField("shield_ids", "names shields that do not exist: " + unknown(shieldIds));
        }
        ids.forEach(id -> requests.send(new InspectionRequested(id)));
        return ids;
    }

    private String unknown(List<Long> shieldIds) {
        var unknown = new TreeSet<>(shieldIds);
        unknown.removeAll(Set.copyOf(shields.findExistingIds(unknown)));
        var more = unknown.size() > MAX_IDS_IN_DETAIL
                ? String.format(Locale.ROOT, " and %d more", unknown.size() - MAX_IDS_IN_DETAIL)
                : "";
        return unknown.stream().limit(MAX_IDS_IN_DETAIL).map(String::valueOf).collect(joining(", ")) + more;
    }
}
