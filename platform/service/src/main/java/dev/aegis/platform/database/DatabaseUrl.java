package dev.aegis.platform.database;

import static java.util.stream.Collectors.joining;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one setting that names the database: {@code postgresql://user:password@host:5432/database?sslmode=require}.
 *
 * <p>The scheme may be {@code postgres}; the port is 5432 if it is left out; comma-separated hosts are tried in
 * turn, and the one that takes writes is used. User, password, database and parameters are percent-decoded. Parameters
 * are those of the PostgreSQL JDBC driver; the common ones of libpq are understood too.
 *
 * @param password null if the server asks for none
 * @param parameters for the driver, under the driver's own names
 */
public record DatabaseUrl(
        List<Host> hosts,
        String database,
        String user,
        @Nullable String password,
        Map<String, String> parameters) {

    /** The environment variable that holds it. */
    public static final String SETTING = "DATABASE_URL";

    /** The environment variable that holds another one for the migrations: behind a pooler, the server itself. */
    public static final String MIGRATION_SETTING = "DATABASE_MIGRATION_URL";

    private static final int DEFAULT_PORT = 5432;

    /** One server. An IPv6 address is in brackets. */
    public record Host(String name, int port) {
        @Override
        public String toString() {
            return name + ":" + port;
        }
    }

    public DatabaseUrl {
        hosts = List.copyOf(hosts);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Parses a URL.
     *
     * @throws IllegalArgumentException if it is invalid; the message says why, without any part of the URL that could
     *     be secret
     */
    public static DatabaseUrl parse(String url) {
        return DatabaseUrlParser.parse(url);
    }

    static Host host(String name, @Nullable Integer port) {
        return new Host(name, Optional.ofNullable(port).orElse(DEFAULT_PORT));
    }

    /** A copy in which these parameters are set, unless they already are. */
    public DatabaseUrl withDefaults(Map<String, String> defaults) {
        var merged = new LinkedHashMap<>(defaults);
        merged.putAll(parameters);
        return new DatabaseUrl(hosts, database, user, password, merged);
    }

    /** A copy in which these parameters are replaced. */
    public DatabaseUrl with(Map<String, String> overrides) {
        var merged = new LinkedHashMap<>(parameters);
        merged.putAll(overrides);
        return new DatabaseUrl(hosts, database, user, password, merged);
    }

    /** A copy without a parameter. */
    public DatabaseUrl without(String parameter) {
        var others = new LinkedHashMap<>(parameters);
        others.remove(parameter);
        return new DatabaseUrl(hosts, database, user, password, others);
    }

    /** The URL for the JDBC driver, without user and password. */
    public String jdbcUrl() {
        var query = parameters.entrySet().stream()
                .map(parameter -> Percent.encode(parameter.getKey()) + "=" + Percent.encode(parameter.getValue()))
                .collect(joining("&"));
        return "jdbc:postgresql://" + servers() + "/" + Percent.encode(database) + (query.isEmpty() ? "" : "?" + query);
    }

    /** For logs and messages: {@code host:port/database}. */
    public String location() {
        return servers() + "/" + database;
    }

    private String servers() {
        return hosts.stream().map(Host::toString).collect(joining(","));
    }

    /** Without the password, and without the parameters, which may hold another. */
    @Override
    public String toString() {
        return "postgresql://" + user + (password == null ? "" : ":***") + "@" + location();
    }
}
