package dev.aegis.platform.database;

import static java.util.stream.Collectors.joining;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The sequences that generate ids. One that is behind its table, as after a restore or replication of data without sequence
 * values, makes inserts fail.
 */
@ApplicationScoped
public class Sequences {

    /**
     * Builds, for each column that a sequence backs and that has an index to find its maximum with, the query whether the
     * sequence is behind. The tables of the connector share one sequence, which no column owns.
     */
    private static final String QUERIES = """
            WITH backed AS (
                SELECT d.refobjid AS table_id, d.refobjsubid AS column_number, d.objid AS sequence_id
                FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
                    AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
                UNION
                SELECT a.attrelid, a.attnum, to_regclass('messaging.message_id_seq')
                FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = to_regclass('messaging.dead_letter') AND a.attname = 'id'
            )
            SELECT format(
                'SELECT %L, %L, (SELECT max(%I) FROM %I.%I), (SELECT last_value + CASE WHEN is_called THEN %s ELSE 0 END FROM %I.%I)',
                tn.nspname || '.' || t.relname || '.' || a.attname, format('%I.%I', sn.nspname, s.relname),
                a.attname, tn.nspname, t.relname, q.seqincrement, sn.nspname, s.relname)
            FROM backed f
            JOIN pg_catalog.pg_class t ON t.oid = f.table_id
            JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
            JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = f.column_number
            JOIN pg_catalog.pg_class s ON s.oid = f.sequence_id AND s.relkind = 'S'
            JOIN pg_catalog.pg_namespace sn ON sn.oid = s.relnamespace
            JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.oid AND q.seqincrement > 0
            WHERE has_table_privilege(t.oid, 'SELECT') AND has_table_privilege(s.oid, 'SELECT')
                AND EXISTS (
                    SELECT FROM pg_catalog.pg_index i
                    WHERE i.indrelid = t.oid AND i.indkey[0] = a.attnum AND i.indisvalid AND i.indpred IS NULL)
            ORDER BY tn.nspname, t.relname""";

    private static final String IS_KEY = """
            SELECT EXISTS (
                SELECT FROM pg_catalog.pg_constraint c
                JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
                JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
                WHERE n.nspname = ? AND c.conname = ? AND c.contype IN ('p', 'u')
                    AND (a.attidentity <> '' OR (n.nspname = 'messaging' AND a.attname = 'id')))""";

    private final DataSource database;

    Sequences(DataSource database) {
        this.database = database;
    }

    /**
     * A sequence whose next value its table already has.
     *
     * @param column such as {@code public.item.id}
     * @param remedy the statement that repairs it
     */
    public record Behind(String column, String remedy) {}

    /** The sequences that are behind. Cheap, however large the tables are. */
    public List<Behind> behind() throws SQLException {
        try (var connection = database.getConnection()) {
            var queries = queries(connection);
            return queries.isEmpty() ? List.of() : behind(connection, queries);
        }
    }

    /** Whether a unique constraint is on a column that a sequence backs, so that no client can have violated it. */
    public boolean isSequenceBacked(String schema, String constraint) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(IS_KEY)) {
            statement.setString(1, schema);
            statement.setString(2, constraint);
            try (var result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    private static String queries(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(QUERIES)) {
            var queries = new ArrayList<String>();
            while (result.next()) {
                queries.add(result.getString(1));
            }
            return queries.stream().collect(joining(" UNION ALL "));
        }
    }

    private static List<Behind> behind(Connection connection, String queries) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(queries)) {
            var behind = new ArrayList<Behind>();
            while (result.next()) {
                long highest = result.getLong(3);
                if (!result.wasNull() && highest >= result.getLong(4)) {
                    behind.add(new Behind(
                            result.getString(1), "SELECT setval('" + result.getString(2) + "', " + highest + ");"));
                }
            }
            return behind;
        }
    }
}
