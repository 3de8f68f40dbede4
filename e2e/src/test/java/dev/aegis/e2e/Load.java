package dev.aegis.e2e;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that make shields without a pause, and count the answers. A request without an answer counts as status 0. */
final class Load implements AutoCloseable {
    private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    private final Set<Integer> ever = ConcurrentHashMap.newKeySet();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
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
                count(answer.status());
                if (answer.status() == 503 && answer.header("Retry-After").isEmpty()) {
                    withoutRetryAfter.incrementAndGet();
                }
            } catch (UncheckedIOException e) {
                count(0);
                failures.add(Instant.now() + " " + e.getCause());
            }
        }
    }

    private void count(int status) {
        ever.add(status);
        answers.merge(status, 1, Integer::sum);
    }

    /** All that was answered, forgotten or not. */
    Set<Integer> ever() {
        return Set.copyOf(ever);
    }

    /** When and why requests had no answer, forgotten or not. */
    List<String> failures() {
        return List.copyOf(failures);
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
