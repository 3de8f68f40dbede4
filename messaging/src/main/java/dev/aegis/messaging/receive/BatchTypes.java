package dev.aegis.messaging.receive;

import io.smallrye.reactive.messaging.annotations.Incomings;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What the handlers of batches take lists of. The framework knows only that they take lists. */
@Singleton
class BatchTypes {

    private final BeanManager beans;
    private final Map<String, Type> types = new ConcurrentHashMap<>();

    BatchTypes(BeanManager beans) {
        this.beans = beans;
    }

    /** The type of the items that the handler of {@code channel} takes; {@code Object} when it does not say. */
    Type itemsOf(String channel) {
        return types.computeIfAbsent(channel, this::find);
    }

    private Type find(String channel) {
        return beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .flatMap(bean -> Arrays.stream(bean.getBeanClass().getDeclaredMethods()))
                .filter(method -> method.getParameterCount() > 0 && receives(method, channel))
                .map(method -> itemOf(method.getGenericParameterTypes()[0]))
                .findFirst()
                .orElse(Object.class);
    }

    private static boolean receives(Method method, String channel) {
        var several = method.getAnnotation(Incomings.class);
        var incomings = several == null ? method.getAnnotationsByType(Incoming.class) : several.value();
        return Stream.of(incomings).anyMatch(incoming -> incoming.value().equals(channel));
    }

    private static Type itemOf(Type parameter) {
        if (parameter instanceof ParameterizedType generic) {
            var argument = generic.getActualTypeArguments()[0];
            return generic.getRawType() == Message.class
                    ? itemOf(argument)
                    : generic.getRawType() == List.class ? argument : Object.class;
        }
        return Object.class;
    }
}
