package dev.aegis.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where CORS is enabled, pages of the allowed origins may use the api. OpenApiTest shows that it is disabled by default. */
@QuarkusTest
@TestProfile(CorsTest.SwitchedOn.class)
class CorsTest {
    private static final String ORIGIN = "https://armoury.example.org";

    public static final class SwitchedOn implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.cors.enabled", "true", "quarkus.http.cors.origins", ORIGIN);
        }
    }

    @Test
    void aPageOfAnAllowedOriginMaySendTheHeadersOfTheApi() {
        given().header("Origin", ORIGIN)
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "content-type,if-match,idempotency-key")
                .options("/shields/1")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", equalTo(ORIGIN))
                .header("Access-Control-Allow-Methods", containsString("PUT"))
                .header("Access-Control-Allow-Headers", containsString("idempotency-key"));
    }

    @Test
    void itMayReadTheHeadersOfTheApi() {
        given().header("Origin", ORIGIN)
                .get("/shields")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", equalTo(ORIGIN))
                .header("Access-Control-Expose-Headers", containsString("ETag"))
                .header("Access-Control-Expose-Headers", containsString("Location"));
    }

    @Test
    void aPageOfAnotherOriginMayNot() {
        given().header("Origin", "https://evil.example.org")
                .get("/shields")
                .then()
                .statusCode(403)
                .header("Access-Control-Allow-Origin", nullValue());
    }
}
