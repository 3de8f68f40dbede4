package dev.aegis.e2e;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements as someone types them into psql. */
final class Sql {
    private Sql() {}

    static void execute(RunningSystem system, String sql) {
        try (var connection = system.database();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column of all rows. */
    static List<String> column(RunningSystem system, String sql) {
        try (var connection = system.database()) {
            return column(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    static List<String> column(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    static long number(RunningSystem system, String sql) {
        return Long.parseLong(column(system, sql).get(0));
    }
}
