package dev.aegis.api.inspection;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.aegis.api.Armoury;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BulkInspectionTest {

    @Inject
    Armoury armoury;

    @BeforeEach
    void emptyTheArmoury() {
        armoury.empty();
    }

    @Test
    void theResponseHasTheInspectionsInTheOrderOfTheShields() {
        var shields = armoury.shields(3);
        var wanted = List.of(shields.get(2), shields.get(0), shields.get(1), shields.get(0));

        var ids = request(wanted)
                .statusCode(202)
                .body("count", is(4))
                .extract()
                .jsonPath()
                .getList("ids", Long.class);

        for (int i = 0; i < ids.size(); i++) {
            when().get("/inspections/{id}", ids.get(i))
                    .then()
                    .body("shield_id", is(wanted.get(i).intValue()));
        }
        assertThat(armoury.askedFor()).isEqualTo(ids);
    }

    @Test
    void tenThousandInspectionsFitIntoOneRequest() {
        var shield = armoury.shield("Dragon Scale", 95);

        request(nCopies(10_000, shield)).statusCode(202).body("count", is(10_000));

        assertThat(armoury.written()).hasSize(10_000);
        assertThat(armoury.askedFor()).isEqualTo(armoury.written());
    }

    @Test
    void tenThousandAndOneInspectionsAreRejected() {
        var shield = armoury.shield("Dragon Scale", 95);

        request(nCopies(10_001, shield)).statusCode(400).body("detail", is("shield_ids must have 1 to 10000 items"));
    }

    @Test
    void onlyTheFirstMissingIdIsReported() {
        request(nCopies(100_000, null))
                .statusCode(400)
                .body("detail", is("shield_ids[0] is missing"))
                .body("errors", hasSize(1));
    }

    @Test
    void aListThatIsTooLongIsReportedOnce() {
        request(nCopies(100_000, 1L))
                .statusCode(400)
                .body("detail", is("shield_ids must have 1 to 10000 items"))
                .body("errors", hasSize(1));
    }

    @Test
    void anUnknownShieldIsNamedAndNoInspectionIsRequested() {
        var shields = armoury.shields(2);
        var unknown = shields.get(1) + 1000;

        request(List.of(shields.get(0), unknown, shields.get(1)))
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("shields that do not exist: " + unknown));

        assertThat(armoury.written()).isEmpty();
        assertThat(armoury.askedFor()).isEmpty();
    }

    private static ValidatableResponse request(List<Long> shields) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("shield_ids", shields))
                .post("/inspections")
                .then();
    }
}
