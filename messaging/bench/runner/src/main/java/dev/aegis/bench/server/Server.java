package dev.aegis.bench.server;

import dev.aegis.bench.Progress;
import dev.aegis.bench.Settings;
import java.util.List;
import java.util.Map;

/** A PostgreSQL server. What the benchmark starts itself has these settings, and otherwise the defaults. */
public interface Server extends AutoCloseable {

    /** Durable, with memory enough that the data of a round fits; the rest is as delivered. */
    Map<String, String> SETTINGS = Map.of(
            "shared_buffers", "256MB",
            "max_wal_size", "4GB",
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "max_connections", "200",
            "shared_preload_libraries", "pg_stat_statements",
            "pg_stat_statements.track", "none");

    /** Its database for administration. */
    Address address();

    /** What kind of server it is, for the reader of the results. */
    String description();

    /** The process ids of the server as this machine knows them: the postmaster first; empty when it runs elsewhere. */
    List<Long> processes();

    @Override
    void close();

    /** The one that the settings name, else a container where a Docker engine answers, else the embedded binaries. */
    static Server start(Settings settings) {
        if (settings.databaseUrl() != null) {
            return new NamedServer(Address.parse(settings.databaseUrl()));
        }
        if (Docker.canRun(ContainerServer.IMAGE)) {
            return ContainerServer.start();
        }
        Progress.say("No Docker engine with %s answers: embedded PostgreSQL", ContainerServer.IMAGE);
        return EmbeddedServer.start();
    }
}
