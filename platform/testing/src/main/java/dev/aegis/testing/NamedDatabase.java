package dev.aegis.testing;

import java.util.UUID;

/** A scratch database on the server that the user named; what is in the named database itself is never touched. */
final class NamedDatabase extends Database {
    private final Address named;
    private final Address scratch;

    NamedDatabase(Address named) {
        this(named, named.withName("aegis_test_" + UUID.randomUUID().toString().replace("-", "")));
    }

    private NamedDatabase(Address named, Address scratch) {
        super(scratch);
        this.named = named;
        this.scratch = scratch;
        named.execute("CREATE DATABASE " + scratch.name());
    }

    @Override
    public boolean canRestart() {
        return false;
    }

    @Override
    public void stop() {
        throw new UnsupportedOperationException("The server of TEST_DATABASE_URL must not be stopped by tests");
    }

    @Override
    public void start() {
        throw new UnsupportedOperationException("The server of TEST_DATABASE_URL must not be started by tests");
    }

    @Override
    void remove() {
        named.execute("DROP DATABASE IF EXISTS " + scratch.name() + " WITH (FORCE)");
    }
}
