package dev.aegis.bench.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aegis.bench.CliException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** Where a database is, and who may use it. */
public record Address(String host, int port, String name, String user, String password) {

    static Address parse(String url) {
        var uri = URI.create(url);
        if (uri.getScheme() == null
                || !uri.getScheme().matches("postgres(ql)?")
                || uri.getHost() == null
                || uri.getRawUserInfo() == null
                || uri.getPath().length() < 2) {
            throw new CliException("BENCH_DATABASE_URL must read postgresql://user:password@host:port/name");
        }
        var login = uri.getRawUserInfo().split(":", 2);
        return new Address(
                uri.getHost(),
                uri.getPort() < 0 ? 5432 : uri.getPort(),
                uri.getPath().substring(1),
                URLDecoder.decode(login[0], UTF_8),
                login.length < 2 ? "" : URLDecoder.decode(login[1], UTF_8));
    }

    Address withName(String other) {
        return new Address(host, port, other, user, password);
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + name;
    }

    /** The form that DATABASE_URL takes. */
    public String url() {
        return "postgresql://" + encoded(user) + ":" + encoded(password) + "@" + host + ":" + port + "/" + name;
    }

    /** A new connection in autocommit mode; the caller closes it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), user, password);
    }

    /** What a competitor's process is told of its database. */
    public Map<String, String> environment() {
        return Map.of(
                "BENCH_JDBC_URL", jdbcUrl(),
                "BENCH_USER", user,
                "BENCH_PASSWORD", password,
                "QUARKUS_DATASOURCE_JDBC_URL", jdbcUrl(),
                "QUARKUS_DATASOURCE_USERNAME", user,
                "QUARKUS_DATASOURCE_PASSWORD", password);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
