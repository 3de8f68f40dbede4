package dev.aegis.platform.service;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/** Refuses a method that HTTP does not have with 501, before anything else sees the request. */
@ApplicationScoped
class HttpMethods {
    private static final Set<String> KNOWN =
            Set.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE");

    void install(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE + 1).handler(HttpMethods::refuseTheUnknown);
    }

    static boolean isKnown(String method) {
        return KNOWN.contains(method);
    }

    private static void refuseTheUnknown(RoutingContext context) {
        HttpMethod method = context.request().method();
        if (isKnown(method.name())) {
            context.next();
        } else {
            context.fail(501);
        }
    }
}
