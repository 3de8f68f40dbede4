package dev.aegis.messaging.internal.receive;

import io.quarkus.runtime.annotations.RecordableConstructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An {@code @Incoming} method, as it was found when the application was built.
 *
 * @param parameterTypes the names of the classes of its parameters, one or more
 * @param transaction the {@code TxType} of the {@code @Transactional} that applies to it; null when none does
 * @param isConcurrent whether the framework calls it several times at once
 */
public record IncomingMethod(
        String channel,
        String declaringClass,
        String name,
        List<String> parameterTypes,
        @Nullable String transaction,
        boolean isConcurrent) {

    @RecordableConstructor
    public IncomingMethod {}

    Method method() {
        try {
            var type = Thread.currentThread().getContextClassLoader().loadClass(declaringClass);
            return Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.getName().equals(name) && !method.isBridge() && hasParameters(method))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no method " + this));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean hasParameters(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getName)
                .toList()
                .equals(parameterTypes);
    }

    /** The method as a person would name it. */
    @Override
    public String toString() {
        return declaringClass.substring(Math.max(declaringClass.lastIndexOf('.'), declaringClass.lastIndexOf('$')) + 1)
                + '.'
                + name;
    }
}
