package dev.aegis.api.problem;

import static dev.aegis.api.problem.ProblemAssertions.isProblem;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.util.Collections.nCopies;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.aegis.api.Armoury;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid input gets a problem that says what is wrong with it. */
@QuarkusTest
class WrongInputTest {

    @Inject
    Armoury armoury;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/shields     | {\"name\": \"x\"                                     | The body is not valid JSON at line 1, column 13",
                "/shields     | {\"name\": \"x\"} and more                           | The body is not valid JSON at line 1, column 15",
                "/shields     | {\"name\": \"x\", \"name\": \"y\"}                   | The body is not valid JSON at line 1, column 21",
                "/shields     | <shield/>                                            | The body is not valid JSON at line 1, column 1",
                "/shields     | {\"nme\": \"x\"}                                     | nme is unknown; the known fields are defense_rating, name",
                "/shields     | {\"name\": 5}                                        | name must be a string",
                "/shields     | {\"name\": [\"x\"]}                                  | name must be a string",
                "/shields     | {\"name\": \"x\", \"defense_rating\": \"9\"}         | defense_rating must be an integer",
                "/shields     | {\"name\": \"x\", \"defense_rating\": 9.5}           | defense_rating must be an integer",
                "/shields     | {\"name\": \"x\", \"defense_rating\": true}          | defense_rating must be an integer",
                "/shields     | {\"name\": \"x\", \"defense_rating\": -1}            | defense_rating must be between 0 and 100",
                "/shields     | {\"name\": \"x\", \"defense_rating\": 101}           | defense_rating must be between 0 and 100",
                "/shields     | {\"name\": \"x\", \"defense_rating\": 9e99}          | defense_rating must be an integer",
                "/shields     | {\"name\": \"x\", \"defense_rating\": 99999999999999999999} | defense_rating is out of range",
                "/shields     | {}                                                   | name is missing",
                "/shields     | {\"name\": null}                                     | name is missing",
                "/shields     | {\"name\": \" \"}                                    | name must have 1 to 100 characters, not all blank, and no control characters",
                "/shields     | {\"name\": \"\\u00a0\\u202f\"}                     | name must have 1 to 100 characters, not all blank, and no control characters",
                "/shields     | {\"name\": \"\\u200b\\u200d\\ufeff\\u2060\\u00ad\"}   | name must have 1 to 100 characters, not all blank, and no control characters",
                "/shields     | {\"name\": \"\\u3164\\udb40\\udd00\\u2800\\ufe0f\\u034f \"}         | name must have 1 to 100 characters, not all blank, and no control characters",
                "/shields     | {\"name\": \"a\\u0000b\"}                            | name must have 1 to 100 characters, not all blank, and no control characters",
                "/shields     | {\"name\": \"\\ud800\"}                              | name must have 1 to 100 characters, not all blank, and no control characters",
                "/shields     | {\"name\": \"\", \"defense_rating\": -1}             | defense_rating must be between 0 and 100; name must have 1 to 100 characters, not all blank, and no control characters",
                "/shields     | null                                                 | body is missing",
                "/shields     | ``                                                   | body is missing",
                "/shields     | []                                                   | The body must be an object",
                "/inspections | {\"shield_ids\": []}                                 | shield_ids must have 1 to 10000 items",
                "/inspections | {\"shield_ids\": 5}                                  | shield_ids must be an array",
                "/inspections | {\"shield_ids\": [1, \"\"]}                          | shield_ids[1] must be an integer",
                "/inspections | {\"shield_ids\": [null]}                             | shield_ids[0] is missing",
                "/inspections | {\"shield_ids\": [99999999999999999999]}             | shield_ids[0] is out of range",
                "/inspections | {\"shield_ids\": [0, -1]}                            | shield_ids names shields that do not exist: -1, 0",
            })
    void theProblemSaysWhatIsWrongWithABody(String path, String body, String detail) {
        isProblem(given().contentType(ContentType.JSON).body(body).post(path).then(), 400)
                .body("detail", equalTo(detail));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "--", "*", "de", "en;q=x", "-x", "de-", ";q=1", ","})
    void problemsAreInOneLanguageWhateverTheClientAccepts(String language) {
        isProblem(
                        given().contentType(ContentType.JSON)
                                .header("Accept-Language", language)
                                .body("{\"name\": \"x\", \"defense_rating\": 101}")
                                .post("/shields")
                                .then(),
                        400)
                .body("detail", equalTo("defense_rating must be between 0 and 100"));
    }

    @Test
    void atMostTwentyErrorsAreListed() {
        isProblem(
                        given().queryParam("name", nCopies(30, "xx"))
                                .get("/broken/many")
                                .then(),
                        400)
                .body("errors", hasSize(20))
                .body("detail", endsWith(" and 10 more"));
    }

    @Test
    void theInvalidFieldIsNamed() {
        given().contentType(ContentType.JSON)
                .body("{\"name\": \"x\", \"defense_rating\": 101}")
                .post("/shields")
                .then()
                .body("errors[0].field", equalTo("defense_rating"))
                .body("errors[0].detail", equalTo("must be between 0 and 100"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/shields?limit=0               | limit must be between 1 and 500",
                "/shields?limit=501             | limit must be between 1 and 500",
                "/shields?limit=all             | limit must be an integer",
                "/shields?limit=+5              | limit must be an integer",
                "/shields?after=٥               | after must be an integer",
                "/reports?after=99999999999999999999 | after must be an integer",
                "/inspections?state=done        | state must be one of requested, passed, repaired, condemned, failed",
                "/inspections?shield_id=plank   | shield_id must be an integer",
            })
    void theInvalidParameterIsNamed(String path, String detail) {
        isProblem(when().get(path).then(), 400).body("detail", equalTo(detail));
    }

    @Test
    void aShieldIsReplacedAsAWholeOrNotAtAll() {
        var id = armoury.shield("Plank", 50);

        isProblem(
                        given().contentType(ContentType.JSON)
                                .body("{\"name\": \"x\"}")
                                .put("/shields/{id}", id)
                                .then(),
                        400)
                .body("detail", equalTo("defense_rating is missing"));
    }
}
