package dev.aegis.api.shield;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.aegis.api.Armoury;
import dev.aegis.platform.database.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shield is changed only in the state that its client expects. */
@QuarkusTest
class ShieldPreconditionTest {

    @Inject
    Armoury armoury;

    @Inject
    Database database;

    private long shield;

    @BeforeEach
    void createTheOnlyShield() {
        armoury.empty();
        shield = armoury.shield("Plank", 60);
    }

    @Test
    void aShieldHasTheSameTagInEveryResponse() {
        var added =
                given().contentType(ContentType.JSON).body("{\"name\": \"x\"}").post("/shields");
        var path = added.header("Location");
        assertThat(added.header("ETag"))
                .matches("\"[^\"]+\"")
                .isEqualTo(when().get(path).header("ETag"));

        var changed = put(given(), Long.parseLong(path.replaceAll("\\D", "")), "y", 1);
        assertThat(changed.header("ETag"))
                .isNotEqualTo(added.header("ETag"))
                .isEqualTo(when().get(path).header("ETag"));
    }

    @Test
    void aShieldThatTheClientAlreadyHasIsNotSentAgain() {
        var tag = tag();

        for (var known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
            given().header("If-None-Match", known)
                    .get("/shields/{id}", shield)
                    .then()
                    .statusCode(304)
                    .header("ETag", tag)
                    .body(emptyString());
        }
        given().header("If-None-Match", "\"other\"")
                .get("/shields/{id}", shield)
                .then()
                .statusCode(200)
                .body("name", equalTo("Plank"));
    }

    @Test
    void aChangeIsMadeIfTheShieldIsAsTheClientKnowsIt() {
        assertThat(put(given().header("If-Match", tag()), shield, "a", 1).statusCode())
                .isEqualTo(200);
        assertThat(put(given().header("If-Match", "\"other\", " + tag()), shield, "b", 2)
                        .statusCode())
                .isEqualTo(200);
        assertThat(put(given().header("If-Match", "\"other\"", tag()), shield, "c", 3)
                        .statusCode())
                .isEqualTo(200);
        assertThat(put(given().header("If-Match", "*"), shield, "d", 4).statusCode())
                .isEqualTo(200);
        assertThat(put(given().header("If-None-Match", "\"other\""), shield, "e", 5)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aChangeOfAnOutdatedShieldIsRejected() {
        var known = tag();
        armoury.execute("UPDATE shield SET defense_rating = 80");

        put(given().header("If-Match", known), shield, "Oak plank", 60)
                .then()
                .statusCode(412)
                .contentType("application/problem+json")
                .body("detail", containsString("If-Match does not match the current ETag"));
        assertThat(put(given().header("If-Match", "W/" + tag()), shield, "Oak plank", 60)
                        .statusCode())
                .isEqualTo(412);
        assertThat(put(given().header("If-None-Match", "*"), shield, "Oak plank", 60)
                        .statusCode())
                .isEqualTo(412);
        given().header("If-Match", known).delete("/shields/{id}", shield).then().statusCode(412);

        when().get("/shields/{id}", shield).then().body("name", equalTo("Plank"), "defense_rating", is(80));
        given().header("If-Match", tag()).delete("/shields/{id}", shield).then().statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plank", "\"plank", "\"a\" \"b\"", "", "w/\"a\""})
    void aMalformedTagIsRejected(String tag) {
        put(given().header("If-Match", tag), shield, "Oak plank", 60)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("If-Match"));
        when().get("/shields/{id}", shield).then().body("name", equalTo("Plank"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-Match", "If-None-Match"})
    @Timeout(60)
    void aLongHeaderIsParsedAsFastAsAShortOne(String header) {
        var spaces = "\"a\"" + " ".repeat(15_000) + "x";

        var response = supplyAsync(() -> put(given().header(header, spaces), shield, "Oak plank", 60));

        assertThat(response).succeedsWithin(30, SECONDS);
        response.join().then().statusCode(400).body("errors[0].field", equalTo(header));
    }

    @Test
    void aMalformedTagIsRejectedWhileAnotherTransactionLocksTheShield() {
        var change = database.<CompletableFuture<Response>, RuntimeException>compute(session -> {
            session.createNativeQuery("UPDATE shield SET defense_rating = 80").executeUpdate();
            var refused = supplyAsync(() -> put(given().header("If-Match", "plank"), shield, "Oak plank", 60));
            assertThat(refused).succeedsWithin(10, SECONDS);
            return refused;
        });

        change.join().then().statusCode(400).body("errors[0].field", equalTo("If-Match"));
    }

    @Test
    void aMalformedTagIsRejectedEvenIfThereIsNoShield() {
        assertThat(put(given().header("If-Match", "plank"), 0, "Oak plank", 60).statusCode())
                .isEqualTo(400);
        given().header("If-None-Match", "plank").get("/shields/0").then().statusCode(400);
    }

    @Test
    void aMissingShieldIsNotFoundWhateverThePrecondition() {
        assertThat(put(given().header("If-Match", "*"), 0, "Oak plank", 60).statusCode())
                .isEqualTo(404);
        given().header("If-Match", "\"a\"").delete("/shields/0").then().statusCode(404);
    }

    @Test
    void theResponseIsWhatIsStoredEvenIfAWorkerChangedTheRatingMeanwhile() {
        var change = whileAWorkerRates(80, () -> put(given(), shield, "Oak plank", 60));

        change.then().statusCode(200).body("name", equalTo("Oak plank"), "defense_rating", is(60));
        when().get("/shields/{id}", shield)
                .then()
                .header("ETag", change.header("ETag"))
                .body(equalTo(change.asString()));
    }

    @Test
    void aPreconditionIsCheckedAgainstTheLockedRow() {
        var tag = tag();

        assertThat(whileAWorkerRates(80, () -> put(given().header("If-Match", tag), shield, "Oak plank", 60))
                        .statusCode())
                .isEqualTo(412);
        var newTag = tag();
        assertThat(whileAWorkerRates(
                                81, () -> given().header("If-Match", newTag).delete("/shields/{id}", shield))
                        .statusCode())
                .isEqualTo(412);
    }

    @Test
    void oneOfManyConcurrentChangesOfTheSameStateSucceeds() throws Exception {
        var tag = tag();
        var clients = Executors.newFixedThreadPool(12);
        try {
            var changes = clients.invokeAll(IntStream.range(0, 12)
                    .<Callable<Integer>>mapToObj(
                            i -> () -> put(given().header("If-Match", tag), shield, "Plank " + i, i)
                                    .statusCode())
                    .toList());
            var statuses = new ArrayList<Integer>();
            for (var change : changes) {
                statuses.add(change.get());
            }

            assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
        } finally {
            clients.shutdownNow();
        }
    }

    /** A request that arrives while another transaction has changed the shield, but not committed yet. */
    private Response whileAWorkerRates(int rating, Callable<Response> request) {
        CompletableFuture<Response> change = database.compute(session -> {
            session.createNativeQuery("UPDATE shield SET defense_rating = " + rating)
                    .executeUpdate();
            var waiting = supplyAsync(() -> {
                try {
                    return request.call();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            armoury.awaitLockWaits(1);
            return waiting;
        });
        assertThat(change).succeedsWithin(10, SECONDS);
        return change.join();
    }

    private String tag() {
        return when().get("/shields/{id}", shield).header("ETag");
    }

    private static Response put(RequestSpecification request, long id, String name, int rating) {
        return request.contentType(ContentType.JSON)
                .body("{\"name\": \"" + name + "\", \"defense_rating\": " + rating + "}")
                .put("/shields/{id}", id);
    }
}
