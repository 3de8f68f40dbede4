package dev.aegis.api;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import dev.aegis.model.inspection.Inspections;
import dev.aegis.model.report.ArmouryReports;
import dev.aegis.model.shield.Shields;
import dev.aegis.platform.database.Database;
import io.restassured.http.ContentType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hibernate.Session;

/** Fixtures of the tests. */
@ApplicationScoped
public class Armoury {
    private final Database database;
    private final Shields shields;
    private final Inspections inspections;
    private final ArmouryReports reports;

    Armoury(Database database, Shields shields, Inspections inspections, ArmouryReports reports) {
        this.database = database;
        this.shields = shields;
        this.inspections = inspections;
        this.reports = reports;
    }

    /** Deletes everything, messages too. */
    public void empty() {
        database.transact(session -> {
            reports.deleteAll();
            inspections.deleteAll();
            shields.deleteAll();
            session.createNativeQuery("DELETE FROM messaging.blocked_message").executeUpdate();
            session.createNativeQuery("DELETE FROM messaging.message").executeUpdate();
            session.createNativeQuery("DELETE FROM messaging.ordering_group").executeUpdate();
            session.createNativeQuery("DELETE FROM rest.idempotent_request").executeUpdate();
        });
    }

    /** Creates a shield over REST and returns its id. */
    public long shield(String name, int rating) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("name", name, "defense_rating", rating))
                .post("/shields")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getLong("id");
    }

    /** Creates shields. */
    public List<Long> shields(int count) {
        return Stream.generate(() -> shield("Plank", 10)).limit(count).toList();
    }

    /** The ids of the inspections that the waiting messages ask for, in their order. */
    public List<Long> askedFor() {
        return select(
                "SELECT (payload::jsonb ->> 'inspection_id')::bigint FROM messaging.message WHERE queue = 'inspections' ORDER BY id");
    }

    /** The ids of the inspections whose messages wait for an earlier one of the same shield. */
    public List<Long> heldBack() {
        return select(
                "SELECT (payload::jsonb ->> 'inspection_id')::bigint FROM messaging.blocked_message WHERE queue = 'inspections' ORDER BY id");
    }

    /** The ids of the inspections that are written. */
    public List<Long> written() {
        return select("SELECT id FROM public.inspection ORDER BY id");
    }

    public void execute(String sql) {
        database.transact(session -> session.createNativeQuery(sql).executeUpdate());
    }

    /** Waits until that many connections wait for a lock. */
    public void awaitLockWaits(int count) {
        await().until(() -> select(
                                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                        .get(0)
                == count);
    }

    public List<Long> select(String sql) {
        return database.compute(session ->
                session.unwrap(Session.class).createNativeQuery(sql, Long.class).getResultList());
    }
}
