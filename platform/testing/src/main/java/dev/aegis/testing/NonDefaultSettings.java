package dev.aegis.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Settings that an administrator may choose for a database, each as far from its default as possible: nothing that is
 * tested may depend on their defaults.
 */
final class NonDefaultSettings {
    private static final Map<String, String> VALUES = values();

    /** For the connections of the tests themselves. */
    private static final String DEFAULTS = "-c search_path=public -c default_transaction_isolation=read\\ committed"
            + " -c standard_conforming_strings=on -c IntervalStyle=postgres -c bytea_output=hex"
            + " -c statement_timeout=0 -c idle_session_timeout=0";

    private NonDefaultSettings() {}

    private static Map<String, String> values() {
        var values = new LinkedHashMap<String, String>();
        values.put("search_path", "nowhere");
        values.put("default_transaction_isolation", "serializable");
        values.put("default_transaction_deferrable", "on");
        values.put("standard_conforming_strings", "off");
        values.put("DateStyle", "German, DMY");
        values.put("IntervalStyle", "sql_standard");
        values.put("TimeZone", "Asia/Kathmandu");
        values.put("statement_timeout", "15s");
        values.put("idle_session_timeout", "2s");
        values.put("bytea_output", "escape");
        values.put("extra_float_digits", "-10");
        values.put("quote_all_identifiers", "on");
        return values;
    }

    /** Whether the environment variable {@code TEST_DATABASE_NONDEFAULT} enables them. */
    static boolean areEnabled() {
        return Boolean.parseBoolean(System.getenv("TEST_DATABASE_NONDEFAULT"));
    }

    /** Sets them for each session that begins from now on. */
    static void set(Address database) {
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
            for (var setting : VALUES.entrySet()) {
                set(connection, database, setting.getKey(), setting.getValue());
            }
            setLocales(connection, database);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot set up " + database.name() + ": " + e.getMessage(), e);
        }
    }

    /** Sets a locale of the server's machine that formats numbers, money and dates differently from C, if it has one. */
    private static void setLocales(Connection connection, Address database) throws SQLException {
        var locales = "SELECT collcollate FROM pg_collation WHERE collprovider = 'c'"
                + " AND collcollate ~ '^(tr_TR|ar_EG|de_DE)' ORDER BY collcollate DESC LIMIT 1";
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(locales)) {
            if (rows.next()) {
                for (var setting : new String[] {"lc_monetary", "lc_numeric", "lc_time"}) {
                    set(connection, database, setting, rows.getString(1));
                }
            }
        }
    }

    private static void set(Connection connection, Address database, String setting, String value) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + database.name() + " SET " + setting + " TO "
                    + (setting.equals("DateStyle") ? value : "'" + value + "'"));
        }
    }

    /** A new connection to which they do not apply. */
    static Connection connectWithout(Address database) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        properties.setProperty("options", DEFAULTS);
        return DriverManager.getConnection(database.jdbcUrl(), properties);
    }
}
