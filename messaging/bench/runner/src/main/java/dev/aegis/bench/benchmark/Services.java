package dev.aegis.bench.benchmark;

import dev.aegis.bench.http.HttpService;
import dev.aegis.bench.http.HttpServices;
import java.util.ArrayList;
import java.util.List;

/** Some of the services of the system, each a process on the loopback address, on one database. */
final class Services implements AutoCloseable {

    private final List<HttpService> services = new ArrayList<>();

    /** Starts them one after the other, and waits until each is ready. */
    static Services start(HttpServices from, String... names) {
        var started = new Services();
        try {
            for (var name : names) {
                started.services.add(from.ofSystem(name));
            }
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    /** The one that was named first. */
    HttpService first() {
        return services.get(0);
    }

    List<Long> processes() {
        return services.stream().map(HttpService::pid).toList();
    }

    @Override
    public void close() {
        services.forEach(HttpService::close);
    }
}
