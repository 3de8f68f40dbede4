package dev.aegis.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.platform.database.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SchemaContentTest {

    @Inject
    Database database;

    @Test
    void thePublicSchemaHoldsTheTablesOfTheEntitiesAlone() {
        assertThat(select("SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname = 'public'"))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(tablesOfEntities());
    }

    @Test
    void theMigrationsCreateNothingOutsideTheirSchemas() {
        assertThat(select("""
                SELECT DISTINCT n.nspname::text
                FROM pg_namespace n
                JOIN (SELECT relnamespace AS schema FROM pg_class UNION SELECT pronamespace FROM pg_proc
                      UNION SELECT typnamespace FROM pg_type) made ON made.schema = n.oid
                WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                ORDER BY 1
                """))
                .containsExactly("messaging", "messaging_internal", "migrations", "operations", "public");
        assertThat(select("SELECT relname::text FROM pg_class WHERE relnamespace = 'migrations'::regnamespace"
                        + " AND relkind <> 'i' ORDER BY 1"))
                .as("besides the histories, nothing is in their schema")
                .containsExactly("domain", "operations");
    }

    @Test
    void everyTableViewAndColumnExplainsItself() {
        assertThat(select("""
                SELECT table_schema || '.' || table_name FROM information_schema.tables
                WHERE table_schema NOT IN ('pg_catalog', 'information_schema', 'migrations')
                AND table_name <> 'schema_history'
                AND obj_description((table_schema || '.' || table_name)::regclass) IS NULL
                """)).as("tables and views without a comment").isEmpty();
        assertThat(select("""
                SELECT table_schema || '.' || table_name || '.' || column_name FROM information_schema.columns
                WHERE table_schema NOT IN ('pg_catalog', 'information_schema', 'migrations')
                AND table_name <> 'schema_history'
                AND col_description((table_schema || '.' || table_name)::regclass, ordinal_position) IS NULL
                """)).as("columns without a comment").isEmpty();
    }

    @Test
    void everyForeignKeyHasAnIndexThatBeginsWithIt() {
        assertThat(select("""
                SELECT c.conrelid::regclass || ' ' || c.conname FROM pg_constraint c
                WHERE c.contype = 'f' AND NOT EXISTS (
                    SELECT FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1])
                """)).isEmpty();
    }

    private List<String> tablesOfEntities() {
        return database.compute(session -> session.getEntityManagerFactory()
                .unwrap(SessionFactoryImplementor.class)
                .getMappingMetamodel()
                .streamEntityDescriptors()
                .map(EntityPersister::getTableName)
                .distinct()
                .toList());
    }

    private List<String> select(String sql) {
        return database.compute(session -> session.unwrap(Session.class)
                .createNativeQuery(sql, String.class)
                .getResultList());
    }
}
