package dev.aegis.platform.problem;

import static java.util.stream.Collectors.joining;

import dev.aegis.platform.database.Causes;
import dev.aegis.platform.database.Sequences;
import io.opentelemetry.api.trace.Span;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Everything that no other mapper handles: the database is unavailable or rejects a change, or there is a bug. */
class FallbackExceptionMapper {
    private static final Logger LOG = Logger.getLogger(FallbackExceptionMapper.class);

    /** Any status: nobody receives it. */
    private static final int CLIENT_GONE = 400;

    private static final int MAX_PATH_LENGTH = 200;

    private final Sequences sequences;

    FallbackExceptionMapper(Sequences sequences) {
        this.sequences = sequences;
    }

    @ServerExceptionMapper
    Response map(Throwable e, UriInfo uri, HttpServerResponse response) {
        return clientIsGone(e, response) ? gone(e, uri) : response(500, e, uri);
    }

    /** @param status the status of the response if the failure has nothing to do with the database */
    Response response(int status, Throwable e, UriInfo uri) {
        return switch (DatabaseFailure.of(e)) {
            case UNAVAILABLE -> {
                LOG.warnf("%s responds with 503: %s", path(uri), DatabaseFailure.reason(e));
                yield Problems.response(503, "The database is not available at the moment; try again soon", uri);
            }
            case CONFLICT ->
                behind(e).map(behind -> sequenceBehind(behind, e, uri)).orElseGet(() -> conflict(e, uri));
            case NONE -> {
                LOG.errorf(e, "%s failed", path(uri));
                yield broken(status, uri);
            }
        };
    }

    private static Response conflict(Throwable e, UriInfo uri) {
        LOG.infof("%s responds with 409: %s", path(uri), DatabaseFailure.reason(e));
        return Problems.response(409, "The request conflicts with a change that was made at the same time", uri);
    }

    private static Response sequenceBehind(String remedy, Throwable e, UriInfo uri) {
        LOG.errorf(e, "%s failed: a sequence is behind its table, as after restoring data. %s", path(uri), remedy);
        return broken(500, uri);
    }

    private static Response broken(int status, UriInfo uri) {
        return Problems.response(status, "An internal error occurred, which the request did not cause" + trace(), uri);
    }

    /** How to repair the sequence that generated a number that its table already has, if one did. */
    private Optional<String> behind(Throwable e) {
        return DatabaseFailure.uniqueConstraint(e)
                .filter(this::isSequenceBacked)
                .map(constraint -> remedy());
    }

    private boolean isSequenceBacked(DatabaseFailure.Constraint violated) {
        try {
            return sequences.isSequenceBacked(violated.schema(), violated.name());
        } catch (SQLException e) {
            LOG.warnf("Could not find out whether a sequence backs %s: %s", violated.name(), e.getMessage());
            return false;
        }
    }

    private String remedy() {
        try {
            return sequences.behind().stream().map(Sequences.Behind::remedy).collect(joining(" "));
        } catch (SQLException e) {
            return "Could not find out which one: " + e.getMessage();
        }
    }

    private static Response gone(Throwable e, UriInfo uri) {
        LOG.debugf(e, "The client of %s has gone", path(uri));
        return Response.status(CLIENT_GONE).build();
    }

    /** Still percent-encoded, so that a line break in it does not reach the log. */
    private static String path(UriInfo uri) {
        var path = uri.getRequestUri().getRawPath();
        return path.length() <= MAX_PATH_LENGTH ? path : path.substring(0, MAX_PATH_LENGTH) + "...";
    }

    private static boolean clientIsGone(Throwable failure, HttpServerResponse response) {
        return DatabaseFailure.of(failure) == DatabaseFailure.NONE
                && Causes.of(failure)
                        .anyMatch(e -> e instanceof HttpClosedException
                                || e instanceof ClosedChannelException
                                || (e instanceof IOException && response.closed()));
    }

    private static String trace() {
        var trace = Span.current().getSpanContext();
        return trace.isValid() ? "; its trace id in the log is " + trace.getTraceId() : "";
    }
}
