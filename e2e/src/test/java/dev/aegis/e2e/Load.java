package dev.aegis.e2e;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that make shields without a pause, and count the answers. A request without an answer counts as status 0. */
final class Load implements AutoCloseable {
    private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    private final AtomicInteger withoutRetryAfter = new AtomicInteger();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean closed;

    Load(Api api, int clients) {
        for (var i = 0; i < clients; i++) {
            var client = new Thread(() -> run(api), "client-" + i);
            client.start();
            this.clients.add(client);
        }
    }

    private void run(Api api) {
        while (!closed) {
            try {
                var answer = api.post("/shields", "{\"name\": \"Under Load\"}");
                answers.merge(answer.status(), 1, Integer::sum);
                if (answer.status() == 503 && answer.header("Retry-After").isEmpty()) {
                    withoutRetryAfter.incrementAndGet();
                }
            } catch (UncheckedIOException e) {
                answers.merge(0, 1, Integer::sum);
            }
        }
    }

    int seen(int status) {
        return answers.getOrDefault(status, 0);
    }

    Set<Integer> statuses() {
        return Set.copyOf(answers.keySet());
    }

    int withoutRetryAfter() {
        return withoutRetryAfter.get();
    }

    /** Counts from zero again. */
    void forget() {
        answers.clear();
    }

    @Override
    public void close() {
        closed = true;
        for (var client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
