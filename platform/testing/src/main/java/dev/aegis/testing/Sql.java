package dev.aegis.testing;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Runs what a person would type into psql, each statement on its own. A bean of each application under test. */
@Singleton
public class Sql {

    private final DataSource database;

    Sql(DataSource database) {
        this.database = database;
    }

    /** The first column of each row, as text. */
    public List<String> select(String sql, Object... parameters) {
        try (var connection = database.getConnection()) {
            return typed(connection, () -> {
                try (var statement = prepare(connection, sql, parameters);
                        var rows = statement.executeQuery()) {
                    var values = new ArrayList<String>();
                    while (rows.next()) {
                        values.add(rows.getString(1));
                    }
                    return values;
                }
            });
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public long count(String from, Object... parameters) {
        return Long.parseLong(select("SELECT count(*) FROM " + from, parameters).get(0));
    }

    public int update(String sql, Object... parameters) {
        try (var connection = database.getConnection()) {
            return typed(connection, () -> {
                try (var statement = prepare(connection, sql, parameters)) {
                    return statement.executeUpdate();
                }
            });
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** With public in the search path, as in psql. Reset afterwards, since the session is the application's. */
    private static <T> T typed(Connection connection, Work<T> work) throws SQLException {
        if (!NonDefaultSettings.areEnabled()) {
            return work.done();
        }
        if (!connection.getAutoCommit()) {
            return inPublicSchema(connection, work);
        }
        // One transaction: a pooler may give the next one another session.
        connection.setAutoCommit(false);
        try {
            execute(connection, "SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
            var result = inPublicSchema(connection, work);
            connection.commit();
            return result;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static <T> T inPublicSchema(Connection connection, Work<T> work) throws SQLException {
        execute(connection, "SET LOCAL search_path TO public");
        var result = work.done();
        execute(connection, "RESET search_path");
        return result;
    }

    private interface Work<T> {
        T done() throws SQLException;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (var i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
