package dev.aegis.api.problem;

import static java.util.stream.Collectors.joining;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which methods there are at a path: an answer with 405 must name them, and Quarkus does not. */
@ApplicationScoped
class AllowedMethods {
    private final List<Endpoint> endpoints;

    private record Endpoint(Pattern path, String method) {}

    AllowedMethods(BeanManager beans) {
        endpoints = beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(Bean::getBeanClass)
                .filter(type -> type.isAnnotationPresent(Path.class))
                .flatMap(AllowedMethods::endpoints)
                .toList();
    }

    /** Such as {@code DELETE, GET, PUT}. */
    String at(String path) {
        return endpoints.stream()
                .filter(endpoint -> endpoint.path().matcher(path).matches())
                .map(Endpoint::method)
                .distinct()
                .sorted()
                .collect(joining(", "));
    }

    private static Stream<Endpoint> endpoints(Class<?> resource) {
        return Arrays.stream(resource.getDeclaredMethods())
                .flatMap(method ->
                        httpMethod(method).map(http -> new Endpoint(pattern(resource, method), http)).stream());
    }

    private static Optional<String> httpMethod(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .flatMap(Stream::ofNullable)
                .map(HttpMethod::value)
                .findFirst();
    }

    private static Pattern pattern(Class<?> resource, Method method) {
        return Pattern.compile((template(resource) + template(method)).replaceAll("\\{[^}]+}", "[^/]+") + "/?");
    }

    private static String template(AnnotatedElement element) {
        var path = element.getAnnotation(Path.class);
        return path == null ? "" : path.value();
    }
}
