package dev.aegis.api.problem;

import static dev.aegis.api.problem.ProblemAssertions.isProblem;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import dev.aegis.testing.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults of the server are logged, and the client learns no more than that. */
@QuarkusTest
class ServerLogTest {
    /** A server may quote the names that need no quotes. */
    private static final String REMEDY = "SELECT setval\\('\"?public\"?\\.\"?shield_id_seq\"?', ";

    private final Logger logger = Logger.getLogger("dev.aegis.platform.problem.FallbackExceptionMapper");
    private final Records records = new Records();

    Database server;

    @BeforeEach
    void listen() {
        logger.addHandler(records);
    }

    @AfterEach
    void listenNoMore() {
        logger.removeHandler(records);
    }

    @ParameterizedTest
    @CsvSource({"/broken/bug, 500", "/broken/thrown, 500", "/broken/unavailable, 503", "/broken/constraint, 500"})
    void aFaultOfTheServerIsLoggedAsAnError(String path, int status) {
        isProblem(when().get(path).then(), status)
                .body("detail", startsWith("An internal error occurred, which the request did not cause"));

        assertThat(records.errors()).hasSize(1).first().asString().startsWith(path + " failed");
    }

    @Test
    void aFaultOfTheClientIsNotLoggedAsAnError() {
        isProblem(when().get("/broken/reference").then(), 409);

        assertThat(records.errors()).isEmpty();
    }

    @Test
    void aSequenceThatIsBehindItsTableIsLoggedWithItsRemedy() throws Exception {
        add().statusCode(201);
        run(
                "INSERT INTO shield (id, name) SELECT last_value + n, 'Restored' FROM shield_id_seq, generate_series(1, 2) n");
        try {
            isProblem(add(), 500);

            assertThat(records.errors()).hasSize(1).first().asString().containsPattern(REMEDY);
            given().get("/q/health/well")
                    .then()
                    .statusCode(503)
                    .body("checks[0].data.'public.shield.id'", matchesPattern(REMEDY + ".*"));
            isProblem(add(), 500);
        } finally {
            run("SELECT setval('shield_id_seq', max(id)) FROM shield");
        }

        given().get("/q/health/well").then().statusCode(200);
        add().statusCode(201);
    }

    @Test
    void theHeadersOfAnExceptionAreKept() {
        isProblem(when().get("/broken/unavailable").then(), 503).header("Retry-After", equalTo("17"));
        isProblem(when().get("/broken/busy").then(), 429).header("Retry-After", equalTo("18"));
    }

    private static ValidatableResponse add() {
        return given().contentType(ContentType.JSON)
                .body("{\"name\": \"Plank\"}")
                .post("/shields")
                .then();
    }

    private void run(String sql) throws SQLException {
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static final class Records extends Handler {
        private final List<LogRecord> records = new CopyOnWriteArrayList<>();

        List<String> errors() {
            return records.stream()
                    .filter(log -> log.getLevel().intValue() >= Level.SEVERE.intValue())
                    .map(Records::text)
                    .toList();
        }

        private static String text(LogRecord log) {
            return log instanceof ExtLogRecord ext ? ext.getFormattedMessage() : log.getMessage();
        }

        @Override
        public void publish(LogRecord log) {
            records.add(log);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
