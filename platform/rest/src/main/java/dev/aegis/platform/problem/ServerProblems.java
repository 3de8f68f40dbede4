package dev.aegis.platform.problem;

import static java.util.stream.Collectors.joining;

import dev.aegis.platform.database.Sequences;
import io.opentelemetry.api.trace.Span;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Everything else: the database is away, or says no, or there is a bug. */
class ServerProblems {
    private static final Logger LOG = Logger.getLogger(ServerProblems.class);

    /** Reaches nobody. */
    private static final int CLIENT_GONE = 400;

    private static final int LONGEST_PATH = 200;

    private final Sequences sequences;

    ServerProblems(Sequences sequences) {
        this.sequences = sequences;
    }

    @ServerExceptionMapper
    Response map(Throwable e, UriInfo uri, HttpServerResponse response) {
        return clientIsGone(e, response) ? gone(e, uri) : answer(500, e, uri);
    }

    /** @param status for what has nothing to do with the database */
    Response answer(int status, Throwable e, UriInfo uri) {
        return switch (DatabaseFailure.of(e)) {
            case AWAY -> {
                LOG.warnf("%s is answered with 503: %s", path(uri), DatabaseFailure.reason(e));
                yield Problems.answer(503, "The database is not available at the moment; try again soon", uri);
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
        LOG.infof("%s is answered with 409: %s", path(uri), DatabaseFailure.reason(e));
        return Problems.answer(409, "The request conflicts with a change that was made at the same time", uri);
    }

    private static Response sequenceBehind(String remedy, Throwable e, UriInfo uri) {
        LOG.errorf(e, "%s failed: a sequence is behind its table, as after data were restored. %s", path(uri), remedy);
        return broken(500, uri);
    }

    private static Response broken(int status, UriInfo uri) {
        return Problems.answer(status, "Something went wrong here, not with the request" + trace(), uri);
    }

    /** What to do about the sequence that gave a number that its table has already, if one did. */
    private Optional<String> behind(Throwable e) {
        return DatabaseFailure.uniqueConstraint(e).filter(this::isFilled).map(constraint -> remedy());
    }

    private boolean isFilled(DatabaseFailure.Constraint violated) {
        try {
            return sequences.fill(violated.schema(), violated.name());
        } catch (SQLException e) {
            LOG.warnf("It is not known whether a sequence fills %s: %s", violated.name(), e.getMessage());
            return false;
        }
    }

    private String remedy() {
        try {
            return sequences.behind().stream().map(Sequences.Behind::remedy).collect(joining(" "));
        } catch (SQLException e) {
            return "Which one is not known: " + e.getMessage();
        }
    }

    private static Response gone(Throwable e, UriInfo uri) {
        LOG.debugf(e, "The client of %s is gone", path(uri));
        return Response.status(CLIENT_GONE).build();
    }

    /** As the client wrote it: what it hides behind percent signs, such as a line break, stays out of the log. */
    private static String path(UriInfo uri) {
        var path = uri.getRequestUri().getRawPath();
        return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "...";
    }

    private static boolean clientIsGone(Throwable failure, HttpServerResponse response) {
        return DatabaseFailure.of(failure) == DatabaseFailure.NONE
                && Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                        .limit(20)
                        .anyMatch(e -> e instanceof HttpClosedException
                                || e instanceof ClosedChannelException
                                || (e instanceof IOException && response.closed()));
    }

    private static String trace() {
        var trace = Span.current().getSpanContext();
        return trace.isValid() ? "; the log has it under the trace " + trace.getTraceId() : "";
    }
}
