package dev.aegis.platform.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Errors that end a request before it reaches a resource, such as a malformed URI. */
@ApplicationScoped
class RouterFailureHandler {
    private static final Logger LOG = Logger.getLogger(RouterFailureHandler.class);

    private final ObjectMapper json;

    RouterFailureHandler(ObjectMapper json) {
        this.json = json;
    }

    void install(@Observes Router router) {
        router.route().failureHandler(this::respond);
        // What fails before the first route is tried has no route to handle the failure.
        router.errorHandler(400, this::respond);
    }

    private void respond(RoutingContext failed) {
        if (failed.response().headWritten()) {
            failed.response().reset();
            return;
        }
        int status = failed.statusCode() < 400 ? 500 : failed.statusCode();
        if (status == 500) {
            LOG.errorf(failed.failure(), "%s failed", failed.request().path());
        }
        if (status == 503) {
            failed.response().putHeader(HttpHeaders.RETRY_AFTER, Problems.RETRY_AFTER);
        }
        failed.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(Buffer.buffer(bytes(Problem.of(
                        status,
                        detail(status, failed.failure()),
                        failed.request().path(),
                        List.of()))));
    }

    private static String detail(int status, @Nullable Throwable failure) {
        if (failure instanceof RejectedBodyException) {
            return String.valueOf(failure.getMessage());
        }
        return switch (status) {
            case 414 -> "The path and the query are too long";
            case 431 -> "The headers are too long";
            case 500 -> "An internal error occurred, which the request did not cause";
            case 501 -> "Unknown HTTP method";
            default -> "The request is malformed";
        };
    }

    private byte[] bytes(Problem problem) {
        try {
            return json.writeValueAsBytes(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
