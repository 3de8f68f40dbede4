package dev.aegis.bench.server;

import java.sql.SQLException;
import java.util.List;

/** Finds a server's processes through a backend of it. */
final class Backend {

    private Backend() {}

    /** The postmaster behind an address, when it is a process that this machine knows by the same number; else empty. */
    static List<Long> postmasterOf(Address address) {
        try (var connection = address.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return ProcessHandle.of(row.getLong(1))
                    .filter(backend -> backend.info().command().orElse("").contains("postgres"))
                    .flatMap(ProcessHandle::parent)
                    .map(ProcessHandle::pid)
                    .stream()
                    .toList();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
