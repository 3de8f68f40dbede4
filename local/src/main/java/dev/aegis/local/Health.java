package dev.aegis.local;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks services whether they are ready to work. */
final class Health {
    /** Names the service that answers: at its port another program may, which has answered for it. */
    private static final String HEADER = "Aegis-Service";

    private static final Duration TO_ANSWER = Duration.ofSeconds(3);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TO_ANSWER).build();

    /** What lets a service name itself when it is asked: an option of its Java. */
    static String introduction(Service service) {
        return "-Dquarkus.http.header.\"" + HEADER + "\".value=" + service.name();
    }

    boolean ready(Service service) throws InterruptedException {
        var request = HttpRequest.newBuilder(service.address().resolve("/q/health/ready"))
                .timeout(TO_ANSWER)
                .build();
        try {
            var answer = http.send(request, BodyHandlers.discarding());
            return answer.statusCode() == 200
                    && answer.headers().allValues(HEADER).contains(service.name());
        } catch (IOException e) {
            return false;
        }
    }
}
