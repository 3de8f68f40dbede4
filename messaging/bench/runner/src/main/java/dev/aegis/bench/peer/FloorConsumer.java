package dev.aegis.bench.peer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One connection and its thread, which takes messages again and again. */
final class FloorConsumer implements AutoCloseable {

    private static final String NEXT = """
            SELECT id FROM bench.floor %s ORDER BY id LIMIT %d FOR UPDATE SKIP LOCKED""";
    private static final String FREE = "WHERE locked_until IS NULL OR locked_until < now()";
    private static final String LEASE = "UPDATE bench.floor SET locked_until = now() + interval '30 s'"
            + " WHERE id = ANY (ARRAY(" + String.format(Locale.ROOT, NEXT, FREE, 100) + ")) RETURNING id, payload";
    private static final String REMOVE =
            "DELETE FROM bench.floor WHERE id = ANY (ARRAY(" + NEXT + ")) RETURNING id, payload";
    private static final String ACKNOWLEDGE = "DELETE FROM bench.floor WHERE id = ANY (?)";
    // The session claims with synchronous_commit off; what ends a message is durable all the same.
    private static final String ACKNOWLEDGE_DURABLY =
            "WITH durably AS (SELECT set_config('synchronous_commit', 'on', true)) " + ACKNOWLEDGE
                    + " AND EXISTS (SELECT FROM durably)";
    private static final String WRITE = "INSERT INTO bench.effect (payload) SELECT unnest(?::text[])";

    private final Connection connection;
    private final Shape shape;
    private final Peer.Work work;
    private final Thread thread;
    private volatile boolean stopped;

    /** How the messages are taken and ended. */
    enum Shape {
        /** Two commits for a batch, both durable. */
        LEASE,
        /** The same, but the claim does not wait for the disk. */
        LEASE_ASYNC,
        /** One commit for a batch: the messages are deleted with what their handler writes. */
        EFFECT_BATCH,
        /** The same, with one message. */
        EFFECT_ALONE;

        static Shape of(String kind) {
            return switch (kind) {
                case "lease" -> LEASE;
                case "lease-async" -> LEASE_ASYNC;
                case "effect-batch" -> EFFECT_BATCH;
                case "effect-alone" -> EFFECT_ALONE;
                default -> throw new IllegalArgumentException("The floor has no " + kind);
            };
        }

        int connections() {
            return this == EFFECT_ALONE ? 16 : 4;
        }

        private boolean isLease() {
            return this == LEASE || this == LEASE_ASYNC;
        }

        private String take() {
            return isLease()
                    ? FloorConsumer.LEASE
                    : String.format(Locale.ROOT, REMOVE, "", this == EFFECT_ALONE ? 1 : 100);
        }

        private String end() {
            return switch (this) {
                case LEASE -> ACKNOWLEDGE;
                case LEASE_ASYNC -> ACKNOWLEDGE_DURABLY;
                case EFFECT_BATCH, EFFECT_ALONE -> WRITE;
            };
        }
    }

    private FloorConsumer(Connection connection, Shape shape, Peer.Work work) {
        this.connection = connection;
        this.shape = shape;
        this.work = work;
        thread = new Thread(this::run, "floor");
        thread.setDaemon(true);
    }

    static FloorConsumer start(Connection connection, Shape shape, Peer.Work work) {
        var consumer = new FloorConsumer(connection, shape, work);
        consumer.thread.start();
        return consumer;
    }

    @Override
    public void close() throws SQLException, InterruptedException {
        stopped = true;
        thread.join();
        connection.close();
    }

    private void run() {
        try (var setting = connection.createStatement()) {
            setting.execute("SET synchronous_commit = " + (shape == Shape.LEASE_ASYNC ? "off" : "on"));
            connection.setAutoCommit(shape.isLease());
            try (var take = connection.prepareStatement(shape.take());
                    var end = connection.prepareStatement(shape.end())) {
                while (!stopped) {
                    if (!step(take, end)) {
                        Thread.sleep(1);
                    }
                }
            }
        } catch (SQLException e) {
            e.printStackTrace();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean step(PreparedStatement take, PreparedStatement end) throws SQLException {
        var ids = new ArrayList<Long>();
        var payloads = new ArrayList<String>();
        try (var rows = take.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
                payloads.add(rows.getString(2));
            }
        }
        if (!shape.isLease()) {
            if (!ids.isEmpty()) {
                execute(end, "text", payloads);
            }
            connection.commit();
            payloads.forEach(work::handle);
        } else if (!ids.isEmpty()) {
            payloads.forEach(work::handle);
            execute(end, "bigint", ids);
        }
        return !ids.isEmpty();
    }

    private void execute(PreparedStatement statement, String type, List<?> values) throws SQLException {
        statement.setArray(1, connection.createArrayOf(type, values.toArray()));
        statement.executeUpdate();
    }
}
