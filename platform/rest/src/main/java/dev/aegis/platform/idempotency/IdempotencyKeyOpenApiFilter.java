package dev.aegis.platform.idempotency;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Documents the header on each POST, all of which accept it. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class IdempotencyKeyOpenApiFilter implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.getPaths().getPathItems().values().stream()
                .filter(item -> item.getPOST() != null)
                .forEach(item -> item.getPOST().addParameter(parameter()));
    }

    private static Parameter parameter() {
        return OASFactory.createParameter()
                .name(IdempotencyKey.HEADER)
                .in(Parameter.In.HEADER)
                .description(
                        "A client-generated key that makes retries safe: a retry returns the original status, Location, ETag"
                                + " and body, and does nothing else. 422 if the key was used for another method, path or body; 409"
                                + " while the first request is in progress. The response of a failed request is not kept. Responses"
                                + " are kept for AEGIS_IDEMPOTENCY_RETENTION, by default a day. With or without double quotes.")
                .schema(OASFactory.createSchema()
                        .type(List.of(SchemaType.STRING))
                        .minLength(1)
                        .maxLength(IdempotencyKey.MAX_LENGTH))
                .example("\"8e03978e-40d5-43dd-bc93-6894a57f9324\"");
    }
}
