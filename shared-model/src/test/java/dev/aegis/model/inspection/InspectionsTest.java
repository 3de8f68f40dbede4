package dev.aegis.model.inspection;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.model.shield.Shield;
import dev.aegis.platform.database.Database;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InspectionsTest {

    private static final InspectionResult SOUND =
            new InspectionResult(InspectionState.PASSED, 95, "Found at 95: sound");

    @Inject
    Database database;

    @Inject
    Inspections inspections;

    @Inject
    @PersistenceUnitExtension
    Updates updates;

    @Test
    void whoWaitedForAnInspectionSeesWhatWasMadeOfIt() throws Exception {
        long id = request();
        var waiting = new CompletableFuture<Boolean>();

        database.transact(session -> {
            complete(id);
            CompletableFuture.runAsync(() -> waiting.complete(isCompleted(id)));
            await().until(this::somebodyWaitsForALock);
        });

        assertThat(waiting.get(10, SECONDS)).isTrue();
    }

    @Test
    void anInspectionThatIsGoneIsNotFound() {
        var found = database.<Boolean, RuntimeException>compute(
                session -> inspections.findForUpdate(Long.MAX_VALUE).isPresent());

        assertThat(found).isFalse();
    }

    @Test
    void aTransactionWithManyInspectionsWritesThemInOneBatchAndTheirShieldsInAnother() {
        var ids = Stream.generate(this::request).limit(20).toList();
        updates.statements.clear();

        database.transact(session -> ids.forEach(this::complete));

        assertThat(updates.statements)
                .hasSize(2)
                .anyMatch(sql -> sql.startsWith("update public.inspection"))
                .anyMatch(sql -> sql.startsWith("update public.shield"));
    }

    private boolean isCompleted(long id) {
        return database.<Boolean, RuntimeException>compute(session ->
                inspections.findForUpdate(id).orElseThrow().inspection().isCompleted());
    }

    private boolean somebodyWaitsForALock() {
        return database.<Boolean, RuntimeException>compute(session ->
                (Boolean) session.createNativeQuery("""
                        SELECT count(*) > 0 FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock'
                        """, Boolean.class).getSingleResult());
    }

    private long request() {
        return database.<Long, RuntimeException>compute(session -> {
            var shield = new Shield("Dragon Scale", 95);
            var inspection = new Inspection(shield, Requester.API);
            session.persist(shield);
            session.persist(inspection);
            return inspection.id;
        });
    }

    private void complete(long id) {
        inspections.findForUpdate(id).orElseThrow().inspection().complete(SOUND, "worker@one", Instant.now());
    }

    /** The updates that Hibernate prepares, of which each is one batch. */
    @Singleton
    @PersistenceUnitExtension
    static class Updates implements StatementInspector {

        private final List<String> statements = new CopyOnWriteArrayList<>();

        @Override
        public String inspect(String sql) {
            if (sql.startsWith("update")) {
                statements.add(sql);
            }
            return sql;
        }
    }
}
