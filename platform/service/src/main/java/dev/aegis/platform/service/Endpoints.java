package dev.aegis.platform.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toUnmodifiableSet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The REST endpoints of the service: the templates of their paths, and the methods of each. */
@ApplicationScoped
public class Endpoints {
    private final List<Endpoint> endpoints;
    private final Set<String> templates;

    private record Endpoint(String template, Pattern path, String method) {

        /** JAX-RS prefers the template with the most literal characters. */
        int literalCharacters() {
            return template.replaceAll("\\{[^}]+}", "").length();
        }
    }

    Endpoints(BeanManager beans) {
        endpoints = beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(Bean::getBeanClass)
                .filter(type -> type.isAnnotationPresent(Path.class))
                .flatMap(Endpoints::endpoints)
                .sorted(comparing(Endpoint::literalCharacters, reverseOrder()))
                .toList();
        templates = endpoints.stream().map(Endpoint::template).collect(toUnmodifiableSet());
    }

    /**
     * Such as {@code /items/{id}}; empty for an unknown path.
     *
     * @param path still percent-encoded
     */
    public Optional<String> templateOf(String path) {
        var decoded = Arrays.stream(path.split("/", -1)).map(Endpoints::decoded).collect(joining("/"));
        return endpoints.stream()
                .filter(endpoint -> endpoint.path().matcher(decoded).matches())
                .map(Endpoint::template)
                .findFirst();
    }

    /** Percent-decoded, except for a slash, which would split the segment. */
    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8).replace("/", "%2F");
        } catch (IllegalArgumentException e) {
            return segment; // malformed percent-encoding
        }
    }

    /** Whether a resource has this path template. */
    public boolean isTemplate(String path) {
        return templates.contains(path);
    }

    /** Such as {@code DELETE, GET, HEAD, OPTIONS, PUT}; empty for an unknown path. */
    public SortedSet<String> methodsAt(String path) {
        return templateOf(path)
                .map(template -> endpoints.stream()
                        .filter(endpoint -> endpoint.template().equals(template))
                        .flatMap(endpoint -> withImplied(endpoint.method()))
                        .collect(toCollection(TreeSet::new)))
                .orElseGet(TreeSet::new);
    }

    /** Each path supports OPTIONS, and HEAD where it supports GET. */
    private static Stream<String> withImplied(String method) {
        return method.equals(HttpMethod.GET)
                ? Stream.of(method, HttpMethod.HEAD, HttpMethod.OPTIONS)
                : Stream.of(method, HttpMethod.OPTIONS);
    }

    private static Stream<Endpoint> endpoints(Class<?> resource) {
        return Arrays.stream(resource.getDeclaredMethods())
                .flatMap(method -> httpMethod(method).map(http -> endpoint(resource, method, http)).stream());
    }

    private static Optional<String> httpMethod(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .flatMap(Stream::ofNullable)
                .map(HttpMethod::value)
                .findFirst();
    }

    private static Endpoint endpoint(Class<?> resource, Method method, String http) {
        var template = ("/" + template(resource) + "/" + template(method)).replaceAll("/+", "/");
        template = template.length() > 1 && template.endsWith("/")
                ? template.substring(0, template.length() - 1)
                : template;
        return new Endpoint(template, Pattern.compile(pattern(template)), http);
    }

    private static String pattern(String template) {
        return Arrays.stream(template.split("/", -1))
                        .map(segment -> segment.contains("{") ? "[^/]+" : Pattern.quote(segment))
                        .collect(joining("/"))
                + "/?";
    }

    private static String template(AnnotatedElement element) {
        var path = element.getAnnotation(Path.class);
        return path == null ? "" : path.value();
    }
}
