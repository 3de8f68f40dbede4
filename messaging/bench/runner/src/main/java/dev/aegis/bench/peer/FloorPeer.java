package dev.aegis.bench.peer;

import dev.aegis.bench.protocol.Payloads;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The floor: what plain JDBC does without any library. A narrow table, and a few connections that each take messages:
 * a hundred are leased by an update and deleted by a second statement, or a hundred or a single one are deleted in one
 * transaction with what their handler writes.
 */
final class FloorPeer implements Peer {

    private static final int AT_ONCE = 1000;

    private static final String TABLE = """
            DROP TABLE IF EXISTS bench.floor;
            CREATE TABLE bench.floor (
                id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                locked_until timestamptz,
                payload      text NOT NULL
            ) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)""";

    private final PeerDatabase database;
    private final List<FloorConsumer> consumers = new ArrayList<>();

    FloorPeer(PeerDatabase database) {
        this.database = database;
    }

    @Override
    public String version() {
        return "plain JDBC";
    }

    @Override
    public void prepare() throws Exception {
        database.execute(TABLE);
    }

    @Override
    public void load(String kind, int count) throws Exception {
        try (var connection = database.connect();
                var insert =
                        connection.prepareStatement("INSERT INTO bench.floor (payload) SELECT unnest(?::text[])")) {
            for (var loaded = 0; loaded < count; loaded += AT_ONCE) {
                var some = Collections.nCopies(Math.min(AT_ONCE, count - loaded), Payloads.TEXT);
                insert.setArray(1, connection.createArrayOf("text", some.toArray()));
                insert.executeUpdate();
            }
        }
    }

    @Override
    public void start(String kind, Work work) throws Exception {
        var shape = FloorConsumer.Shape.of(kind);
        for (var i = 0; i < shape.connections(); i++) {
            consumers.add(FloorConsumer.start(database.connect(), shape, work));
        }
    }

    @Override
    public void stop() throws Exception {
        for (var consumer : consumers) {
            consumer.close();
        }
        consumers.clear();
    }

    @Override
    public void send(String payload) {
        throw new UnsupportedOperationException("The floor has no wake-up");
    }
}
