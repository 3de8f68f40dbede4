package dev.aegis.api.idempotency;

import static io.restassured.RestAssured.given;
import static java.util.Collections.nCopies;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.aegis.api.Armoury;
import dev.aegis.platform.database.Database;
import dev.aegis.platform.idempotency.ExpiredResponseCleanup;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class IdempotentRequestTest {
    private static final String PLANK = "{\"name\": \"Plank\"}";

    @Inject
    Armoury armoury;

    @Inject
    Database database;

    @Inject
    ExpiredResponseCleanup cleanup;

    /** A POST to a path with a body, both of which may name a shield. */
    record Post(String path, String body) {
        Response send(String key, long shield) {
            return IdempotentRequestTest.send(
                    key, path.replace("SHIELD", "" + shield), body.replace("SHIELD", "" + shield));
        }
    }

    static Stream<Post> posts() {
        return Stream.of(
                new Post("/shields", PLANK),
                new Post("/inspections", "{\"shield_ids\": [SHIELD]}"),
                new Post("/shields/SHIELD/inspections", ""));
    }

    @BeforeEach
    void emptyTheArmoury() {
        armoury.empty();
    }

    @ParameterizedTest
    @MethodSource("posts")
    void aRetryGetsTheFirstResponseAndDoesNothing(Post post) {
        var shield = armoury.shield("Dragon Scale", 95);
        var first = post.send("monday", shield);
        var effects = effects();

        var repeat = post.send("monday", shield);

        assertThat(first.statusCode()).isBetween(201, 202);
        assertThat(all(repeat)).isEqualTo(all(first));
        assertThat(effects()).isEqualTo(effects);
        assertThat(all(post.send("tuesday", shield))).isNotEqualTo(all(first));
        assertThat(effects()).isNotEqualTo(effects);
    }

    @ParameterizedTest
    @MethodSource("posts")
    void withoutAKeyEachRequestIsProcessed(Post post) {
        var shield = armoury.shield("Dragon Scale", 95);

        var first = post.send(null, shield);

        assertThat(first.statusCode()).isBetween(201, 202);
        assertThat(post.send(null, shield).asString()).isNotEqualTo(first.asString());
        assertThat(kept()).isZero();
    }

    @ParameterizedTest
    @MethodSource("posts")
    void twentyEqualRequestsAtTheSameTimeHaveOneEffect(Post post) throws Exception {
        var shield = armoury.shield("Dragon Scale", 95);
        post.send("warm-up", shield);
        var effects = effects();
        var clients = Executors.newFixedThreadPool(20);
        try {
            Callable<Response> repeat = () -> post.send("monday", shield);
            var responses = new HashSet<List<String>>();
            for (var future : clients.invokeAll(nCopies(20, repeat))) {
                var response = future.get();
                if (response.statusCode() == 409) {
                    assertThat(response.jsonPath().getString("detail"))
                            .isEqualTo("A request with the same Idempotency-Key is in progress");
                } else {
                    responses.add(all(response));
                }
            }

            assertThat(responses).hasSize(1).contains(all(post.send("monday", shield)));
            assertThat(effects()).hasSize(effects.size() + 1);
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void theSameKeyForAnotherRequestIsRejected() {
        var one = armoury.shield("Dragon Scale", 95);
        var other = armoury.shield("Plank", 10);
        send("monday", "/shields", PLANK);
        send("tuesday", "/shields/" + one + "/inspections", "");
        var effects = effects();

        var otherBody = send("monday", "/shields", "{\"name\": \"Oak plank\"}");
        var otherPath = send("tuesday", "/shields/" + other + "/inspections", "");
        var otherQuery = send("monday", "/shields?x=1", PLANK);

        assertThat(Stream.of(otherBody, otherPath, otherQuery)).allSatisfy(response -> response.then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("title", equalTo("Unprocessable Content"))
                .body("detail", containsString("another request")));
        assertThat(effects()).isEqualTo(effects);
    }

    @Test
    void theNameOfTheHeaderMayBeWrittenInAnyCase() {
        send("monday", "/shields", PLANK);

        given().header("idempotency-key", "monday")
                .contentType(ContentType.JSON)
                .body("{\"name\": \"Oak plank\"}")
                .post("/shields")
                .then()
                .statusCode(422);
    }

    @Test
    void aKeyInQuotesIsTheSameAsABareOne() {
        assertThat(all(send("\"monday\"", "/shields", PLANK))).isEqualTo(all(send("monday", "/shields", PLANK)));
    }

    @Test
    void aMalformedKeyIsRejectedAndTheRequestNotProcessed() {
        send("two words", "/shields", PLANK).then().statusCode(400).body("errors[0].field", equalTo("Idempotency-Key"));
        send("", "/shields", PLANK).then().statusCode(400);
        given().header("Idempotency-Key", "monday", "tuesday")
                .contentType(ContentType.JSON)
                .body(PLANK)
                .post("/shields")
                .then()
                .statusCode(400)
                .body("detail", equalTo("Idempotency-Key must be sent once"));

        assertThat(effects()).isEmpty();
    }

    @Test
    void aRetryWhileTheFirstIsInProgressIsRejectedAtOnce() {
        var shield = armoury.shield("Dragon Scale", 95);
        var path = "/shields/" + shield + "/inspections";

        var first = database.compute(session -> {
            session.createNativeQuery("SELECT id FROM shield WHERE id = " + shield + " FOR UPDATE", Long.class)
                    .getSingleResult();
            var waiting = supplyAsync(() -> send("monday", path, ""));
            armoury.awaitLockWaits(1);

            send("monday", path, "").then().statusCode(409).header("Retry-After", "1");
            assertThat(waiting).isNotDone();
            return waiting;
        });

        assertThat(first).succeedsWithin(10, SECONDS);
        assertThat(all(send("monday", path, ""))).isEqualTo(all(first.join()));
        assertThat(armoury.written()).hasSize(1);
    }

    @Test
    void aRequestThatFailsStoresNothingSoThatARetryRuns() {
        var shield = armoury.shield("Dragon Scale", 95);
        armoury.execute("DELETE FROM shield");
        var path = "/shields/" + shield + "/inspections";

        send("monday", path, "").then().statusCode(404);
        assertThat(kept()).isZero();
        armoury.execute("INSERT INTO shield (id, name) VALUES (" + shield + ", 'Plank')");

        send("monday", path, "").then().statusCode(202);
        assertThat(armoury.askedFor()).isEqualTo(armoury.written()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 500})
    void aFailureThatIsReturnedIsNotStored(int status) {
        var path = "/refusals/" + status;

        send("monday", path, "")
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body(equalTo("0"));
        assertThat(kept()).isZero();
        armoury.shield("Plank", 10);

        send("monday", path, "").then().statusCode(status).body(equalTo("1"));
    }

    /** Those who lock something else by name do it in the same space as the keys. */
    @ParameterizedTest
    @ValueSource(strings = {"aegis.schedule.armoury-report", "messaging.dead_letter"})
    void aKeyDoesNotClashWithOtherLocks(String name) {
        database.transact(session -> {
            session.createNativeQuery(
                            "SELECT CAST(pg_advisory_xact_lock(hashtextextended('" + name + "', 0)) AS text)",
                            String.class)
                    .getSingleResult();

            send(name, "/shields", PLANK).then().statusCode(201);
        });
    }

    @Test
    void aRequestWhoseCommitFailsLeavesNothing() {
        armoury.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no''; END'");
        armoury.execute("CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON shield DEFERRABLE INITIALLY DEFERRED"
                + " FOR EACH ROW EXECUTE FUNCTION refuse()");
        try {
            send("monday", "/shields", PLANK).then().statusCode(500);
        } finally {
            armoury.execute("DROP FUNCTION refuse() CASCADE");
        }
        assertThat(kept()).isZero();
        send("monday", "/shields", PLANK).then().statusCode(201);
    }

    @Test
    void aRequestThatMeetsADeadlockIsRetried() {
        var shield = armoury.shield("Dragon Scale", 95);
        armoury.execute("CREATE SEQUENCE runs");
        armoury.execute(
                "CREATE FUNCTION fail_once() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN IF nextval(''runs'') = 1 THEN RAISE ''no'' USING ERRCODE = ''40P01''; END IF; RETURN NULL; END'");
        armoury.execute("CREATE CONSTRAINT TRIGGER fail_once AFTER INSERT ON inspection DEFERRABLE INITIALLY DEFERRED"
                + " FOR EACH ROW EXECUTE FUNCTION fail_once()");
        try {
            send("monday", "/shields/" + shield + "/inspections", "").then().statusCode(202);
        } finally {
            armoury.execute("DROP FUNCTION fail_once() CASCADE");
            armoury.execute("DROP SEQUENCE runs");
        }
        assertThat(armoury.askedFor()).isEqualTo(armoury.written()).hasSize(1);
    }

    @Test
    void anExpiredResponseIsNotRepeated() {
        var first = send("monday", "/shields", PLANK);
        armoury.execute("UPDATE rest.idempotent_request SET created_at = created_at - interval '25 hours'");

        var second = send("monday", "/shields", "{\"name\": \"Oak plank\"}");

        assertThat(all(second)).isNotEqualTo(all(first));
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(all(send("monday", "/shields", "{\"name\": \"Oak plank\"}"))).isEqualTo(all(second));
    }

    @Test
    void aResponseFromTheFutureExpiresLikeOneFromThePast() {
        var first = send("monday", "/shields", PLANK);
        armoury.execute("UPDATE rest.idempotent_request SET created_at = created_at + interval '1 hour'");
        assertThat(all(send("monday", "/shields", PLANK))).isEqualTo(all(first));

        armoury.execute("UPDATE rest.idempotent_request SET created_at = created_at + interval '1 year'");

        assertThat(all(send("monday", "/shields", PLANK))).isNotEqualTo(all(first));
        assertThat(armoury.select("SELECT count(*) FROM rest.idempotent_request WHERE created_at <= now()"))
                .containsExactly(1L);
    }

    @Test
    void expiredResponsesAreDeletedByAnyReplica() throws Exception {
        armoury.execute("INSERT INTO rest.idempotent_request (key, fingerprint, status, created_at)"
                + " SELECT n, sha256(''), 201, now() - n * interval '1 hour' FROM generate_series(-3000, 3000) n");
        var replicas = Executors.newFixedThreadPool(3);
        try {
            for (var replica : replicas.invokeAll(nCopies(3, Executors.callable(() -> cleanup.deleteExpired())))) {
                replica.get();
            }
        } finally {
            replicas.shutdownNow();
        }

        assertThat(kept()).isEqualTo(23 + 1 + 24);
    }

    @Test
    void aResponseIsRepeatedEvenIfItsResourceWasDeleted() {
        var first = send("monday", "/shields", PLANK);
        armoury.execute("DELETE FROM shield");

        assertThat(all(send("monday", "/shields", PLANK))).isEqualTo(all(first));
        assertThat(effects()).isEmpty();
    }

    static Response send(String key, String path, String body) {
        var request =
                body.isEmpty() ? given() : given().contentType(ContentType.JSON).body(body);
        return (key == null ? request : request.header("Idempotency-Key", key)).post(path);
    }

    /** Status, the headers that matter, and the body. */
    static List<String> all(Response response) {
        var all = new ArrayList<String>();
        all.add(response.statusLine());
        Stream.of("Content-Type", "Location", "ETag").map(response::header).forEach(all::add);
        all.add(response.asString());
        return all;
    }

    /** The ids of what the requests made. */
    private List<Long> effects() {
        return armoury.select("SELECT id FROM shield UNION ALL SELECT -id FROM inspection ORDER BY 1");
    }

    private long kept() {
        return armoury.select("SELECT count(*) FROM rest.idempotent_request").get(0);
    }
}
