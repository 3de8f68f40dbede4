package dev.aegis.api.inspection;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.aegis.api.Armoury;
import dev.aegis.platform.database.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InspectionRequestTest {

    @Inject
    Armoury armoury;

    @Inject
    InspectionService service;

    @Inject
    Database database;

    @BeforeEach
    void emptyTheArmoury() {
        armoury.empty();
    }

    @Test
    void aRequestIsAcceptedAndTheResponseHasThePathOfTheInspection() {
        var shield = armoury.shield("Dragon Scale", 95);

        var answer = when().post("/shields/{id}/inspections", shield)
                .then()
                .statusCode(202)
                .body("shield_id", is((int) shield), "requested_by", equalTo("api"), "state", equalTo("requested"))
                .body("$", hasKey("finding"))
                .body("finding", nullValue())
                .extract();

        assertThat(answer.header("Location")).isEqualTo("/inspections/" + answer.path("id"));
        when().get(answer.header("Location"))
                .then()
                .statusCode(200)
                .body(equalTo(answer.body().asString()));
    }

    @Test
    void theMessageIsSentWithTheInspection() {
        var inspection = request(armoury.shield("Dragon Scale", 95));

        assertThat(armoury.written()).containsExactly(inspection);
        assertThat(armoury.askedFor()).containsExactly(inspection);
    }

    @Test
    void aRollbackLeavesNeitherInspectionNorMessage() {
        var shield = armoury.shield("Dragon Scale", 95);

        assertThatThrownBy(() -> database.transact(session -> {
                    service.request(shield);
                    session.flush();
                    throw new IOException("the forge is cold");
                }))
                .isInstanceOf(IOException.class);

        assertThat(armoury.written()).isEmpty();
        assertThat(armoury.askedFor()).isEmpty();
    }

    @Test
    void aSecondInspectionOfAShieldWaitsForTheFirst() {
        var shield = armoury.shield("Dragon Scale", 95);
        var first = request(shield);
        var second = request(shield);

        assertThat(armoury.askedFor()).containsExactly(first);
        assertThat(armoury.heldBack()).containsExactly(second);
    }

    private static long request(long shield) {
        return when().post("/shields/{id}/inspections", shield)
                .then()
                .statusCode(202)
                .extract()
                .jsonPath()
                .getLong("id");
    }
}
