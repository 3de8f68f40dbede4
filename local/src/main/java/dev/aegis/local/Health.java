package dev.aegis.local;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks services whether they are ready to work. */
final class Health {
    private static final Duration TO_ANSWER = Duration.ofSeconds(3);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TO_ANSWER).build();

    boolean ready(Service service) throws InterruptedException {
        var request = HttpRequest.newBuilder(service.address().resolve("/q/health/ready"))
                .timeout(TO_ANSWER)
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
