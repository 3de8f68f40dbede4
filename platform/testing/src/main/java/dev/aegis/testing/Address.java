package dev.aegis.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a database is, and who may use it. */
record Address(String host, int port, String name, String user, String password) {

    /** As in DATABASE_URL, the last @ ends the password. Parameters are ignored. */
    private static final Pattern URL = Pattern.compile(
            "(?i:postgres(?:ql)?)://([^:@]+)(?::(.*))?@(\\[[0-9a-fA-F:.]+]|[^:/@?]+)(?::(\\d{1,5}))?/([^/?]+)(?:\\?.*)?");

    static Address parse(String url) {
        var parts = URL.matcher(url.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "TEST_DATABASE_URL must have the form postgresql://user:password@host:port/name");
        }
        return new Address(
                parts.group(3),
                Optional.ofNullable(parts.group(4)).map(Integer::parseInt).orElse(5432),
                decoded(parts.group(5)),
                decoded(parts.group(1)),
                Optional.ofNullable(parts.group(2)).map(Address::decoded).orElse(""));
    }

    /** A plus sign is just a plus sign. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
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
