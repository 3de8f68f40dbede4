package dev.aegis.platform.problem;

import static java.util.Objects.requireNonNull;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Documents the problems of each operation, each with an example. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ProblemOpenApiFilter implements OASFilter {
    private static final String TOO_MANY_BODIES = "Too many requests with long bodies at the moment; try again soon";
    private static final String DATABASE_UNAVAILABLE = "The database is not available at the moment; try again soon";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) -> problems(api, path, method, operation)
                        .forEach((status, detail) -> operation
                                .getResponses()
                                .addAPIResponse(status.toString(), response(status, detail, path)))));
    }

    private static Map<Integer, String> problems(
            OpenAPI api, String path, PathItem.HttpMethod method, Operation operation) {
        var problems = new TreeMap<Integer, String>();
        problems.put(503, DATABASE_UNAVAILABLE);
        if (path.contains("/{id}")) {
            problems.put(404, "There is no " + nounBefore("/{id}", path) + " 7");
        }
        if (path.endsWith("/latest")) {
            problems.put(404, "There is no " + nounBefore("/latest", path) + " yet");
        }
        if (operation.getRequestBody() != null) {
            problems.put(400, firstField(api, operation).orElse("body") + " is missing");
            problems.put(408, "The body was not complete after 30000 ms");
            problems.put(413, "The body is longer than 524288 bytes");
            problems.put(415, "The body must be application/json, not text/plain");
            problems.put(503, DATABASE_UNAVAILABLE + ". Or: " + TOO_MANY_BODIES);
        }
        if (operation.getParameters() != null && !path.contains("{id}")) {
            problems.putIfAbsent(400, "limit must be between 1 and 500");
        }
        if (method == PathItem.HttpMethod.POST) {
            problems.putIfAbsent(400, "Idempotency-Key must be sent once");
            problems.put(422, "The Idempotency-Key was used for another request; use a new key for a new request");
        }
        if (isConditional(operation)) {
            problems.putIfAbsent(400, "If-Match must be * or comma-separated entity tags in double quotes");
            problems.put(412, "If-Match does not match the current ETag \"jFDZzyVi7Q1WlC0xZtGm0w\"");
        }
        if (method != PathItem.HttpMethod.GET) {
            problems.put(409, "The request conflicts with a change that was made at the same time");
        }
        return problems;
    }

    /** The singular of the last segment before the suffix. */
    private static String nounBefore(String suffix, String path) {
        var collection = path.substring(0, path.indexOf(suffix));
        return collection.substring(collection.lastIndexOf('/') + 1).replaceAll("s$", "");
    }

    /** The first required field of the body, else the first of all. */
    private static Optional<String> firstField(OpenAPI api, Operation operation) {
        return operation.getRequestBody().getContent().getMediaTypes().values().stream()
                .map(MediaType::getSchema)
                .flatMap(Stream::ofNullable)
                .map(schema -> resolve(api, schema))
                .flatMap(schema -> Stream.concat(
                        Stream.ofNullable(schema.getRequired()).flatMap(List::stream),
                        Stream.ofNullable(schema.getProperties()).flatMap(properties -> properties.keySet().stream())))
                .findFirst();
    }

    private static Schema resolve(OpenAPI api, Schema schema) {
        var ref = schema.getRef();
        return ref == null
                ? schema
                : requireNonNull(api.getComponents().getSchemas().get(ref.substring(ref.lastIndexOf('/') + 1)), ref);
    }

    private static boolean isConditional(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(parameter -> "If-Match".equals(parameter.getName()));
    }

    private static APIResponse response(int status, String detail, String path) {
        var problem = Problem.of(status, detail, path.replace("{id}", "7"), List.of());
        var example = new TreeMap<String, Object>(Map.of(
                "type", problem.type(),
                "title", problem.title(),
                "status", problem.status(),
                "detail", problem.detail(),
                "instance", problem.instance()));
        return OASFactory.createAPIResponse()
                .description(problem.title())
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"))
                                        .example(example)));
    }
}
