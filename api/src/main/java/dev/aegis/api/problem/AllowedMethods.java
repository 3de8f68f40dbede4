package dev.aegis.api.problem;

import static java.util.stream.Collectors.toCollection;

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
import java.util.SortedSet;
import java.util.TreeSet;
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
    SortedSet<String> at(String path) {
        return endpoints.stream()
                .filter(endpoint -> endpoint.path().matcher(path).matches())
                .map(Endpoint::method)
                .collect(toCollection(TreeSet::new));
    }

    /** Whether there are methods at the path, but not this one: Quarkus answers 404 where two resources share a path. */
    boolean isOther(String method, String path) {
        var methods = at(path);
        return !methods.isEmpty() && !methods.contains(method);
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
