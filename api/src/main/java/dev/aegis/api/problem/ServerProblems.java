package dev.aegis.api.problem;

import io.opentelemetry.api.trace.Span;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Everything else: the database is away, or says no, or there is a bug. */
class ServerProblems {
    private static final Logger LOG = Logger.getLogger(ServerProblems.class);

    @ServerExceptionMapper
    Response map(Throwable e, UriInfo uri) {
        return switch (DatabaseFailure.of(e)) {
            case AWAY -> {
                LOG.warnf("%s is answered with 503: %s", uri.getPath(), DatabaseFailure.reason(e));
                yield Problems.answer(503, "The database is not available at the moment; try again soon", uri);
            }
            case CONFLICT -> {
                LOG.infof("%s is answered with 409: %s", uri.getPath(), DatabaseFailure.reason(e));
                yield Problems.answer(409, "The request conflicts with a change that was made at the same time", uri);
            }
            case NONE -> {
                LOG.errorf(e, "%s failed", uri.getPath());
                yield Problems.answer(500, "Something went wrong here, not with the request" + trace(), uri);
            }
        };
    }

    private static String trace() {
        var trace = Span.current().getSpanContext();
        return trace.isValid() ? "; the log has it under the trace " + trace.getTraceId() : "";
    }
}
