package dev.aegis.api.inspection;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.aegis.api.Armoury;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InspectionListTest {

    @Inject
    Armoury armoury;

    @BeforeEach
    void twoShieldsAndFiveInspections() {
        armoury.empty();
        armoury.execute("INSERT INTO public.shield (id, name) VALUES (9001, 'Dragon Scale'), (9002, 'Plank')");
        armoury.execute("""
                INSERT INTO public.inspection
                    (id, shield_id, requested_by, state, requested_at, finished_at,
                     rating_before, rating_after, finding, worker)
                VALUES
                    (9011, 9001, 'schedule', 'repaired', '2026-01-01 12:00Z', '2026-01-01 12:02Z',
                     60, 85, 'The rim was cracked', 'aegis-worker@one'),
                    (9012, 9001, 'api', 'passed', now(), now(), 85, 85, 'Found at 85: sound', 'aegis-worker@one'),
                    (9013, 9002, 'api', 'requested', now(), NULL, NULL, NULL, NULL, NULL),
                    (9014, 9001, 'api', 'requested', now(), NULL, NULL, NULL, NULL, NULL),
                    (9015, 9002, 'api', 'failed', now(), now(), NULL, NULL, 'No worker could do it', NULL)
                """);
    }

    @Test
    void theNewestComeFirst() {
        assertThat(ids("/inspections")).containsExactly(9015, 9014, 9013, 9012, 9011);
    }

    @Test
    void theListCanBeFilteredByStateAndShield() {
        assertThat(ids("/inspections?state=requested")).containsExactly(9014, 9013);
        assertThat(ids("/inspections?shield_id=9002")).containsExactly(9015, 9013);
        assertThat(ids("/inspections?state=requested&shield_id=9001")).containsExactly(9014);
        assertThat(ids("/inspections?shield_id=1")).isEmpty();
    }

    @Test
    void theNextPageHasTheOlderInspections() {
        when().get("/inspections?limit=2&shield_id=9001")
                .then()
                .body("items.id", contains(9014, 9012))
                .body("next", is(9012));

        assertThat(ids("/inspections?limit=2&shield_id=9001&after=9012")).containsExactly(9011);
    }

    @Test
    void anInspectionShowsItsOutcome() {
        when().get("/inspections/9011")
                .then()
                .statusCode(200)
                .body(equalTo("{\"id\":9011,\"shield_id\":9001,\"requested_by\":\"schedule\",\"state\":\"repaired\","
                        + "\"requested_at\":\"2026-01-01T12:00:00Z\",\"finished_at\":\"2026-01-01T12:02:00Z\",\"rating_before\":60,\"rating_after\":85,"
                        + "\"finding\":\"The rim was cracked\",\"worker\":\"aegis-worker@one\"}"));
    }

    private static List<Integer> ids(String path) {
        return when().get(path).then().statusCode(200).extract().jsonPath().getList("items.id");
    }
}
