package dev.aegis.local;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks services whether they are ready. */
final class Health {
    /** Names the responding service, because another program may be listening on its port. */
    private static final String HEADER = "Aegis-Service";

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    /** The Java option that makes a service send the header. */
    static String headerOption(Service service) {
        return "-Dquarkus.http.header.\"" + HEADER + "\".value=" + service.name();
    }

    boolean ready(Service service) throws InterruptedException {
        var request = HttpRequest.newBuilder(service.address().resolve("/q/health/ready"))
                .timeout(TIMEOUT)
                .build();
        try {
            var response = http.send(request, BodyHandlers.discarding());
            return response.statusCode() == 200
                    && response.headers().allValues(HEADER).contains(service.name());
        } catch (IOException e) {
            return false;
        }
    }
}
