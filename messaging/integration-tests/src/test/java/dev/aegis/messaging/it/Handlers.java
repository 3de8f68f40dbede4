package dev.aegis.messaging.it;

import dev.aegis.messaging.IncomingPostgresqlBatchMetadata;
import dev.aegis.messaging.IncomingPostgresqlMetadata;
import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.MDC;

/** Handlers that note what they were given, and how many ran at once. */
@ApplicationScoped
class Handlers {

    private final DataSource database;
    private final Emitter<Entry> toOrdered;
    private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
    private final Map<String, Integer> mostRunning = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Map<Long, String> loggedIds = new ConcurrentHashMap<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    Handlers(DataSource database, @Channel("to-ordered") Emitter<Entry> toOrdered) {
        this.database = database;
        this.toOrdered = toOrdered;
    }

    @Incoming("ordered")
    @Transactional
    @Blocking(ordered = false)
    void ordered(Entry entry, IncomingPostgresqlMetadata message) throws Exception {
        run(String.valueOf(message.getOrderingKey()), () -> {
            calls.add(entry.name() + " at " + message.getAttempt());
            note(entry.name(), message.getAttempt());
            switch (entry.mishap()) {
                case FAILS_ONCE -> failIf(message.getAttempt() == 1);
                case FAILS_ALWAYS -> failIf(true);
                case WAITS -> gate.await(20, TimeUnit.SECONDS);
                case FORWARDS -> forward();
                default -> {}
            }
        });
    }

    private void forward() {
        var random = ThreadLocalRandom.current();
        for (var i = 0; i < 2; i++) {
            toOrdered.send(Message.of(Entry.of("forwarded"))
                    .addMetadata(OutgoingPostgresqlMetadata.builder()
                            .withReplacingUniqueKey("key " + random.nextInt(4))
                            .withOrderingKey("group " + random.nextInt(4))
                            .build()));
        }
    }

    @Incoming("batches")
    @Transactional
    void batch(List<Entry> entries, IncomingPostgresqlBatchMetadata batch) throws Exception {
        calls.add("batch of " + entries.size());
        for (var i = 0; i < entries.size(); i++) {
            note(entries.get(i).name(), batch.getMessages().get(i).getAttempt());
        }
        failIf(entries.stream().anyMatch(entry -> entry.mishap() == Entry.Mishap.FAILS_ALWAYS));
        if (entries.stream().anyMatch(entry -> entry.mishap() == Entry.Mishap.WAITS)) {
            gate.await(20, TimeUnit.SECONDS);
        }
    }

    @Incoming("shared")
    @Transactional
    @Blocking(ordered = false)
    void shared(Entry entry, IncomingPostgresqlMetadata message) throws Exception {
        calls.add(entry.name());
        loggedIds.put(message.getId(), String.valueOf(MDC.get("message_id")));
        execute(String.format(
                Locale.ROOT,
                "INSERT INTO public.effect (name, attempt, message_id) VALUES ('%s', %d, %d)",
                entry.name(),
                message.getAttempt(),
                message.getId()));
        switch (entry.mishap()) {
            case WAITS -> gate.await(20, TimeUnit.SECONDS);
            case FAILS_ALWAYS -> throw new IllegalStateException("as asked");
            case FAILS_AT_COMMIT -> execute("INSERT INTO public.refused_at_commit VALUES (1)");
            default -> {}
        }
    }

    @Incoming("in-turn")
    @Transactional
    void inTurn(Entry entry) throws SQLException {
        note(entry.name(), 1);
    }

    @Incoming("texts")
    @Blocking
    java.util.concurrent.CompletionStage<Void> texts(Message<List<String>> texts) {
        calls.addAll(texts.getPayload());
        return texts.ack();
    }

    @Incoming("strict")
    @Transactional
    @Blocking(ordered = false)
    void strict(Entry entry, IncomingPostgresqlMetadata message) throws Exception {
        calls.add(entry.name() + " at " + message.getAttempt());
        note(entry.name(), message.getAttempt());
        switch (entry.mishap()) {
            case WAITS -> {
                if (message.getAttempt() == 1) {
                    gate.await(20, TimeUnit.SECONDS);
                    calls.add(entry.name() + " woke up");
                }
            }
            case FAILS_ALWAYS -> throw new NumberFormatException("a kind of IllegalArgumentException");
            default -> {}
        }
    }

    @Incoming("news-left")
    @Transactional
    void left(String news) throws SQLException {
        note("left: " + news, 1);
    }

    @Incoming("news-right")
    @Transactional
    void right(String news) throws SQLException {
        note("right: " + news, 1);
    }

    @Incoming("narrow")
    @Transactional
    @Blocking(ordered = false)
    void narrow(String text) throws Exception {
        run("narrow", () -> {
            note(text, 1);
            gate.await(20, TimeUnit.SECONDS);
        });
    }

    private interface Work {
        void run() throws Exception;
    }

    private void run(String what, Work work) throws Exception {
        var now = running.computeIfAbsent(what, name -> new AtomicInteger());
        mostRunning.merge(what, now.incrementAndGet(), Math::max);
        try {
            work.run();
        } finally {
            now.decrementAndGet();
        }
    }

    private static void failIf(boolean now) {
        if (now) {
            throw new IllegalStateException("as asked");
        }
    }

    private void note(String name, int attempt) throws SQLException {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("INSERT INTO public.effect (name, attempt) VALUES (?, ?)")) {
            insert.setString(1, name);
            insert.setInt(2, attempt);
            insert.executeUpdate();
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Handlers of entries that wait do so until the returned latch is counted down. */
    CountDownLatch closeGate() {
        gate = new CountDownLatch(1);
        return gate;
    }

    /** What a log line of each call of {@code shared} names as its message, by the id of the message. */
    Map<Long, String> loggedIds() {
        return loggedIds;
    }

    List<String> calls() {
        return calls;
    }

    Map<String, Integer> mostRunning() {
        return mostRunning;
    }
}
