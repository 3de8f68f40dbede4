package dev.aegis.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OpenApiTest {

    @Test
    void everyOperationDocumentsItsProblems() {
        var api = given().queryParam("format", "json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        Map<String, Map<String, Map<String, Object>>> paths = api.getMap("paths");
        assertThat(paths)
                .containsKeys(
                        "/shields",
                        "/shields/{id}",
                        "/shields/{id}/inspections",
                        "/inspections",
                        "/inspections/{id}",
                        "/reports",
                        "/reports/latest");
        paths.forEach((path, operations) -> operations.forEach((method, operation) -> {
            if (!path.startsWith("/broken")) {
                assertThat(operation).as(method + " " + path).containsKeys("summary", "operationId");
                assertThat(responses(operation))
                        .as(method + " " + path)
                        .containsKey("503")
                        .doesNotContainKey("500");
            }
        }));
        assertThat(responses(paths.get("/shields").get("post")))
                .containsOnlyKeys("201", "400", "408", "409", "413", "415", "422", "503");
        assertThat(responses(paths.get("/inspections").get("post")))
                .containsKey("202")
                .doesNotContainKey("200");
    }

    @Test
    void namesAreAsOnTheWire() {
        given().queryParam("format", "json")
                .get("/q/openapi")
                .then()
                .body("components.schemas.Shield.properties", hasKey("defense_rating"))
                .body("components.schemas.CreateShieldRequest.required", hasItems("name"));
    }

    @Test
    void theExamplesOfProblemsAreThoseOfTheirResource() {
        given().queryParam("format", "json")
                .get("/q/openapi")
                .then()
                .body(example("/shields", "post", 400), equalTo("name is missing"))
                .body(example("/shields", "post", 503), containsString("Too many requests with long bodies"))
                .body(example("/inspections", "post", 400), equalTo("shield_ids is missing"))
                .body(example("/inspections/{id}", "get", 404), equalTo("There is no inspection 7"))
                .body(example("/shields/{id}/inspections", "post", 404), equalTo("There is no shield 7"))
                .body(example("/reports/latest", "get", 404), equalTo("There is no report yet"));
    }

    private static String example(String path, String method, int status) {
        return "paths.'" + path + "'." + method + ".responses.'" + status
                + "'.content.'application/problem+json'.example.detail";
    }

    @Test
    void swaggerUiIsServed() {
        when().get("/q/swagger-ui/").then().statusCode(200).body(containsString("swagger-ui"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> responses(Map<String, Object> operation) {
        return (Map<String, Object>) operation.getOrDefault("responses", List.of());
    }

    @Test
    void theRootRedirectsToTheDocumentation() {
        given().redirects()
                .follow(false)
                .get("/")
                .then()
                .statusCode(303)
                .header("Location", containsString("/q/swagger-ui"));
    }

    @Test
    void noOtherOriginIsAllowedUnlessCorsIsSwitchedOn() {
        given().header("Origin", "https://armoury.example.org")
                .get("/shields")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", nullValue());
    }
}
