package dev.aegis.api.report;

import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.nullValue;

import dev.aegis.api.Armoury;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReportResourceTest {

    @Inject
    Armoury armoury;

    @BeforeEach
    void emptyTheArmoury() {
        armoury.empty();
    }

    @Test
    void withoutAReportTheLatestIsNotFound() {
        when().get("/reports/latest").then().statusCode(404).contentType("application/problem+json");
        when().get("/reports").then().statusCode(200).body("items", equalTo(java.util.List.of()));
    }

    @Test
    void theLatestReportHasTheStateOfTheArmoury() {
        report(1, "NULL");
        report(2, "71.25");

        when().get("/reports/latest")
                .then()
                .statusCode(200)
                .body(equalTo(
                        "{\"id\":2,\"created_at\":\"2026-01-01T12:05:00Z\",\"period_start\":\"2026-01-01T12:00:00Z\","
                                + "\"period_end\":\"2026-01-01T12:05:00Z\",\"shields\":100,\"battle_worthy\":80,\"overdue\":3,"
                                + "\"average_rating\":71.25,"
                                + "\"inspections\":{\"passed\":50,\"repaired\":20,\"condemned\":2,\"failed\":1}}"));
    }

    @Test
    void theNewestReportComesFirst() {
        report(1, "NULL");
        report(2, "71.25");

        when().get("/reports").then().body("items.id", contains(2, 1)).body("next", nullValue());
        when().get("/reports?limit=1&after=2")
                .then()
                .body("items.id", contains(1))
                .body("items[0]", hasKey("average_rating"));
    }

    private void report(int id, String average) {
        armoury.execute(
                "INSERT INTO public.armoury_report VALUES (" + id + ", '2026-01-01 12:05Z', NULL, '2026-01-01 12:00Z',"
                        + " '2026-01-01 12:05Z', 100, 80, 3, " + average + ", 50, 20, 2, 1)");
    }
}
