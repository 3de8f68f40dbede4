package dev.aegis.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Where a database is, and who may use it. */
record Address(String host, int port, String name, String user, String password) {

    static Address parse(String url) {
        var uri = URI.create(url);
        if (uri.getScheme() == null
                || !uri.getScheme().matches("postgres(ql)?")
                || uri.getHost() == null
                || uri.getRawUserInfo() == null
                || uri.getPath().length() < 2) {
            throw new IllegalArgumentException("TEST_DATABASE_URL must read postgresql://user:password@host:port/name");
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

    String url() {
        return "postgresql://" + encoded(user) + ":" + encoded(password) + "@" + host + ":" + port + "/" + name;
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + name;
    }

    void execute(String sql) {
        try (var connection = DriverManager.getConnection(jdbcUrl(), user, password)) {
            execute(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException("On " + host + ":" + port + "/" + name + ": " + e.getMessage(), e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
