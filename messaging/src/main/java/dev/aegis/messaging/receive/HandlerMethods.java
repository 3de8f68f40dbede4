package dev.aegis.messaging.receive;

import io.smallrye.reactive.messaging.annotations.Incomings;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What the framework does not tell a connector of the methods that handle its messages. */
@Singleton
class HandlerMethods {

    private final BeanManager beans;
    private final Map<String, Optional<Method>> methods = new ConcurrentHashMap<>();

    HandlerMethods(BeanManager beans) {
        this.beans = beans;
    }

    /** The type of the items that the handler of {@code channel} takes a list of; {@code Object} when it does not say. */
    Type itemsOf(String channel) {
        return of(channel)
                .map(method -> itemOf(method.getGenericParameterTypes()[0]))
                .orElse(Object.class);
    }

    /** Whether the handler of {@code channel} can be called for several messages in one transaction. */
    boolean canShareTransactions(String channel) {
        return of(channel)
                .filter(method -> method.getReturnType() == void.class)
                .filter(method -> !method.getParameterTypes()[0].isAssignableFrom(Batch.class))
                .filter(method -> method.getParameterTypes()[0] != Message.class)
                .filter(method -> method.isAnnotationPresent(Transactional.class)
                        || method.getDeclaringClass().isAnnotationPresent(Transactional.class))
                .isPresent();
    }

    private Optional<Method> of(String channel) {
        return methods.computeIfAbsent(channel, this::find);
    }

    private Optional<Method> find(String channel) {
        return beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .flatMap(bean -> Arrays.stream(bean.getBeanClass().getDeclaredMethods()))
                .filter(method -> method.getParameterCount() > 0 && receives(method, channel))
                .findFirst();
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
