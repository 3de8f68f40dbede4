package dev.aegis.platform.problem;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.aegis.platform.problem.Problem.FieldError;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Bodies that are not JSON, or not the JSON that is expected. Jackson's own messages name classes, so they are not shown. */
class JsonExceptionMapper {

    @ServerExceptionMapper
    Response map(MismatchedInputException e, UriInfo uri) {
        return response(e, uri);
    }

    static Response response(JsonProcessingException e, UriInfo uri) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return field(path(unknown), "is unknown; the known fields are " + known(unknown), uri);
        }
        if (e instanceof InvalidNullException missing) {
            return field(path(missing), "is missing", uri);
        }
        if (e instanceof MismatchedInputException mismatched) {
            return mismatch(path(mismatched), "must be " + expected(mismatched.getTargetType()), uri);
        }
        if (e instanceof JsonMappingException mapping && mapping.getCause() instanceof InputCoercionException) {
            return field(path(mapping), "is out of range", uri);
        }
        return Problems.response(400, "The body is not valid JSON" + at(e.getLocation()), uri);
    }

    private static Response mismatch(String path, String detail, UriInfo uri) {
        return path.isEmpty() ? Problems.response(400, "The body " + detail, uri) : field(path, detail, uri);
    }

    private static Response field(String path, String detail, UriInfo uri) {
        return Problems.response(400, path + " " + detail, uri, List.of(new FieldError(path, detail)));
    }

    /** Such as {@code shield_ids[3]}. */
    private static String path(JsonMappingException e) {
        var path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(joining());
        return path.startsWith(".") ? path.substring(1) : path;
    }

    private static String known(UnrecognizedPropertyException e) {
        return e.getKnownPropertyIds().stream().map(Object::toString).sorted().collect(joining(", "));
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "an integer";
        }
        if (type == String.class) {
            return "a string";
        }
        return Collection.class.isAssignableFrom(type) ? "an array" : "an object";
    }

    private static String at(@Nullable JsonLocation location) {
        return location == null
                ? ""
                : String.format(Locale.ROOT, " at line %d, column %d", location.getLineNr(), location.getColumnNr());
    }
}
