package dev.aegis.platform.service;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/** Rejects unknown HTTP methods with 501 before anything else sees the request. */
@ApplicationScoped
class HttpMethods {
    private static final Set<String> KNOWN =
            Set.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE");

    void install(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE + 1).handler(HttpMethods::rejectUnknown);
    }

    static boolean isKnown(String method) {
        return KNOWN.contains(method);
    }

    private static void rejectUnknown(RoutingContext context) {
        HttpMethod method = context.request().method();
        if (isKnown(method.name())) {
            context.next();
        } else {
            context.fail(501);
        }
    }
}
