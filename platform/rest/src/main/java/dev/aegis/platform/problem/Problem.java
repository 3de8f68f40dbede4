package dev.aegis.platform.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A problem detail (RFC 9457).
 *
 * @param type a URI of the kind of problem; {@code about:blank} where the status is enough
 * @param title the kind of problem in words
 * @param status the HTTP status
 * @param detail what is wrong with this request
 * @param instance the path of the request
 * @param errors what is wrong with each field, at most {@value #MAX_ERRORS}; absent if it is none in particular
 */
@Schema(description = "A problem detail (RFC 9457)")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        @Schema(examples = "about:blank") String type,
        @Schema(examples = "Bad Request") String title,
        @Schema(examples = "400") int status,

        @Schema(examples = "defense_rating must be between 0 and 100")
        String detail,

        @Schema(examples = "/shields") String instance,
        @Nullable List<FieldError> errors) {

    static final int MAX_ERRORS = 20;

    public static final String MEDIA_TYPE = "application/problem+json";

    /**
     * What is wrong with one field.
     *
     * @param field its path in the JSON of the request, or the name of a parameter
     */
    public record FieldError(
            @Schema(examples = "defense_rating") String field,
            @Schema(examples = "must be between 0 and 100") String detail) {}

    private static @Nullable List<FieldError> first(List<FieldError> errors) {
        return errors.isEmpty() ? null : errors.subList(0, Math.min(errors.size(), MAX_ERRORS));
    }

    static Problem of(int status, String detail, String instance, List<FieldError> errors) {
        var known = Status.fromStatusCode(status);
        var title =
                status == 422 ? "Unprocessable Content" : known == null ? "HTTP " + status : known.getReasonPhrase();
        return new Problem("about:blank", title, status, detail, instance, first(errors));
    }
}
