package dev.aegis.api.report;

import dev.aegis.model.report.ArmouryReports;
import dev.aegis.platform.page.Page;
import dev.aegis.platform.page.PageRequest;
import dev.aegis.platform.problem.ProblemException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The reports on the armoury. */
@Path("/reports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "reports")
public class ReportResource {
    private final ArmouryReports reports;

    ReportResource(ArmouryReports reports) {
        this.reports = reports;
    }

    @GET
    @Operation(operationId = "listReports", summary = "List the reports, the newest first")
    public Page<ReportResponse> list(@BeanParam PageRequest page) {
        var found = reports.find("id < ?1 order by id desc", page.after(Long.MAX_VALUE))
                .range(0, page.limit())
                .list();
        return Page.of(found, page, report -> report.id, ReportResponse::of);
    }

    @GET
    @Path("/latest")
    @Operation(operationId = "getLatestReport", summary = "Get the newest report")
    public ReportResponse latest() {
        return reports.find("order by id desc")
                .firstResultOptional()
                .map(ReportResponse::of)
                .orElseThrow(() ->
                        ProblemException.notFound("There is no report yet; the worker writes one every few minutes"));
    }
}
