package dev.aegis.platform.page;

import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Parses the ids in paths: anything but an integer in ASCII digits gets a 404. */
@Provider
public class LongParamConverterProvider implements ParamConverterProvider {

    @Override
    @SuppressWarnings("unchecked") // T is Long
    public <T> @Nullable ParamConverter<T> getConverter(Class<T> type, Type genericType, Annotation[] annotations) {
        return type == long.class || type == Long.class ? (ParamConverter<T>) new LongConverter() : null;
    }

    private static final class LongConverter implements ParamConverter<Long> {
        @Override
        public Long fromString(String value) {
            return Numbers.parse(value);
        }

        @Override
        public String toString(Long value) {
            return value.toString();
        }
    }
}
