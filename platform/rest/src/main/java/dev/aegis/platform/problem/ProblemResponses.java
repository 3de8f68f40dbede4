package dev.aegis.platform.problem;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Adds to each operation of the OpenAPI description the problems that it can answer with, each with an example. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ProblemResponses implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) -> {
                    problems(path, method, operation).forEach((status, detail) -> operation
                            .getResponses()
                            .addAPIResponse(status.toString(), response(status, detail, path)));
                }));
    }

    private static Map<Integer, String> problems(String path, PathItem.HttpMethod method, Operation operation) {
        var problems = new TreeMap<Integer, String>();
        problems.put(503, "The database is not available at the moment; try again soon");
        if (path.contains("{id}")) {
            problems.put(404, "There is no " + (path.startsWith("/shields") ? "shield" : "inspection") + " 7");
        }
        if (path.endsWith("/latest")) {
            problems.put(404, "There is no report yet");
        }
        if (operation.getRequestBody() != null) {
            problems.put(
                    400,
                    path.startsWith("/shields") ? "name is missing" : "shield_ids names shields that do not exist: 7");
            problems.put(413, "The body is longer than 524288 bytes");
            problems.put(415, "The body must be application/json, not text/plain");
        }
        if (operation.getParameters() != null && !path.contains("{id}")) {
            problems.put(400, "limit must be between 1 and 500");
        }
        if (method == PathItem.HttpMethod.POST) {
            problems.putIfAbsent(400, "Idempotency-Key must be sent once");
            problems.put(422, "The Idempotency-Key was used for another request; a new request needs a new key");
        }
        if (isConditional(operation)) {
            problems.putIfAbsent(400, "If-Match must be * or entity tags in double quotes, separated by commas");
            problems.put(412, "If-Match names another state than there is: its ETag is \"jFDZzyVi7Q1WlC0xZtGm0w\"");
        }
        if (method != PathItem.HttpMethod.GET) {
            problems.put(409, "The request conflicts with a change that was made at the same time");
        }
        return problems;
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
