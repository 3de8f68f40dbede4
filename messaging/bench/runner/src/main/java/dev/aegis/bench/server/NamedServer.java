package dev.aegis.bench.server;

import java.util.List;

/** A server that somebody else runs. Its own databases are left alone. */
record NamedServer(Address address) implements Server {

    @Override
    public String description() {
        return "a server named by BENCH_DATABASE_URL";
    }

    /** Found by its listening backend where it runs on this machine, outside of a container. */
    @Override
    public List<Long> processes() {
        return Backend.postmasterOf(address);
    }

    @Override
    public void close() {
        // It isn't ours.
    }
}
