package dev.aegis.api.shield;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.aegis.api.Armoury;
import dev.aegis.model.shield.Shield;
import dev.aegis.platform.database.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ShieldResourceTest {

    @Inject
    Armoury armoury;

    @Inject
    Database database;

    @BeforeEach
    void emptyTheArmoury() {
        armoury.empty();
    }

    @Test
    void theResponseToACreatedShieldHasItsPath() {
        var response = given().contentType(ContentType.JSON)
                .body("""
                        {"name": "Dragon Scale", "defense_rating": 95}""")
                .post("/shields")
                .then()
                .statusCode(201)
                .body("name", equalTo("Dragon Scale"), "defense_rating", is(95))
                .body("$", hasKey("inspected_at"))
                .body("inspected_at", nullValue())
                .extract();

        assertThat(response.header("Location")).isEqualTo("/shields/" + response.path("id"));
        assertThat(OffsetDateTime.parse(response.path("created_at")).toInstant())
                .isBefore(Instant.now().plusSeconds(60));
        when().get(response.header("Location"))
                .then()
                .statusCode(200)
                .body(equalTo(response.body().asString()));
    }

    @Test
    void aShieldWithoutARatingHasARatingOfTen() {
        given().contentType(ContentType.JSON)
                .body("""
                        {"name": "Plank"}""")
                .post("/shields")
                .then()
                .statusCode(201)
                .body("defense_rating", is(10));
    }

    @Test
    void aNameMayBeAHundredCharactersOfAnyScript() {
        var name = "🛡".repeat(50) + "盾".repeat(50);

        var id = armoury.shield(name, 1);

        when().get("/shields/{id}", id).then().body("name", equalTo(name));
    }

    /** Joiners shape letters and emoji, and spaces may be of any kind, as long as something is seen. */
    @ParameterizedTest
    @ValueSource(strings = {"\u00a0Plank\u200b", "👩\u200d🚒", "نمی\u200cدانم", "❤\ufe0f", "\u3164ㄱ"})
    void aNameMayContainInvisibleCharacters(String name) {
        var id = armoury.shield(name, 1);

        when().get("/shields/{id}", id).then().body("name", equalTo(name));
    }

    @Test
    void pagesShowEachShieldOnceTheOldestFirst() {
        var ids = armoury.shields(5);
        var seen = new ArrayList<Long>();

        var page =
                when().get("/shields?limit=2").then().statusCode(200).extract().jsonPath();
        seen.addAll(page.getList("items.id", Long.class));
        while (page.get("next") != null) {
            page = given().queryParam("after", page.getLong("next"))
                    .get("/shields?limit=2")
                    .then()
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("items.id", Long.class));
        }

        assertThat(seen).isEqualTo(ids);
    }

    /** Paging lists each row that exists throughout; a row that was committed late appears when the list is read again. */
    @Test
    void aShieldThatIsCommittedBehindThePageIsListedWhenTheListIsReadAgain() {
        var before = armoury.shield("Plank", 10);
        var late = database.compute(session -> {
            var shield = new Shield("Late", 1);
            session.persist(shield);
            session.flush();
            var after = armoury.shield("Oak plank", 10);
            when().get("/shields?limit=2")
                    .then()
                    .body("items.id", contains((int) before, (int) after))
                    .body("next", nullValue());
            return shield;
        });

        var last = armoury.shield("Last", 10);
        when().get("/shields?after={id}", late.id + 1).then().body("items.id", contains((int) last));
        when().get("/shields").then().body("items.name", contains("Plank", "Late", "Oak plank", "Last"));
    }

    @Test
    void aPageThatIsJustFullIsTheLast() {
        armoury.shields(2);

        when().get("/shields?limit=2")
                .then()
                .body("items.size()", is(2))
                .body("$", hasKey("next"))
                .body("next", nullValue());
    }

    @Test
    void aShieldCanBeRenamedAndRated() {
        var id = armoury.shield("Plank", 10);

        given().contentType(ContentType.JSON)
                .body("""
                        {"name": "Oak plank", "defense_rating": 0}""")
                .put("/shields/{id}", id)
                .then()
                .statusCode(200)
                .body("name", equalTo("Oak plank"), "defense_rating", is(0));

        when().get("/shields").then().body("items.name", contains("Oak plank"));
    }

    @Test
    void aShieldIsDeletedWithItsInspections() {
        var id = armoury.shield("Plank", 10);
        when().post("/shields/{id}/inspections", id).then().statusCode(202);

        when().delete("/shields/{id}", id).then().statusCode(204);

        when().get("/shields/{id}", id).then().statusCode(404);
        assertThat(armoury.written()).isEmpty();
    }
}
