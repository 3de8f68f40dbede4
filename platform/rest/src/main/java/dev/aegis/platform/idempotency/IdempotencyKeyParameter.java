package dev.aegis.platform.idempotency;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Describes the header in the OpenAPI description of each POST, all of which understand it. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class IdempotencyKeyParameter implements OASFilter {

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
                        "Your name for the request, which makes it safe to repeat: a repeat is answered with the status,"
                                + " Location, ETag and body of the first answer, and does nothing else. 422 if the key was used for"
                                + " another method, path or body; 409 while the first request is under way. A failed request is not"
                                + " kept. Kept for a day, unless AEGIS_IDEMPOTENCY_RETENTION says otherwise. In double quotes, or bare.")
                .schema(OASFactory.createSchema()
                        .type(List.of(SchemaType.STRING))
                        .minLength(1)
                        .maxLength(IdempotencyKey.MAX_LENGTH))
                .example("\"8e03978e-40d5-43dd-bc93-6894a57f9324\"");
    }
}
