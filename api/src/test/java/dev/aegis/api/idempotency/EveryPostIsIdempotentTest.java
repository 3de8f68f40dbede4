package dev.aegis.api.idempotency;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.platform.idempotency.Idempotent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EveryPostIsIdempotentTest {

    @Inject
    BeanManager beans;

    @Test
    void everyPostAcceptsTheKeyAndReturnsARestResponse() {
        List<Method> posts = beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(Bean::getBeanClass)
                .filter(type -> type.isAnnotationPresent(Path.class)
                        && !type.getAnnotation(Path.class).value().startsWith("/broken"))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(POST.class))
                .toList();

        assertThat(posts).hasSizeGreaterThanOrEqualTo(3).allSatisfy(post -> {
            assertThat(post.isAnnotationPresent(Idempotent.class)).isTrue();
            assertThat(post.getReturnType()).isEqualTo(RestResponse.class);
        });
    }

    @Test
    void everyPostDocumentsTheKey() {
        Map<String, Map<String, Map<String, Object>>> paths = given().queryParam("format", "json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("paths");

        assertThat(paths.values().stream().filter(path -> path.containsKey("post")))
                .isNotEmpty()
                .allSatisfy(
                        path -> assertThat(path.get("post").get("parameters").toString())
                                .contains("Idempotency-Key"));
    }
}
