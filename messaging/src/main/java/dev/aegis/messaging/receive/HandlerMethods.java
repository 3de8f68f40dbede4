package dev.aegis.messaging.receive;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.annotations.Incomings;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.interceptor.InterceptorBinding;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What the framework does not tell a connector of the methods that handle its messages. */
@Singleton
class HandlerMethods {

    private static final Set<TxType> BEGINNING = Set.of(TxType.REQUIRED, TxType.REQUIRES_NEW);

    private final BeanManager beans;
    private final Map<String, Set<Method>> methods = new ConcurrentHashMap<>();

    HandlerMethods(BeanManager beans) {
        this.beans = beans;
    }

    /** The type of the items that the handler of {@code channel} takes a list of; {@code Object} when it does not say. */
    Type itemsOf(String channel) {
        return of(channel)
                .map(method -> itemOf(method.getGenericParameterTypes()[0]))
                .orElse(Object.class);
    }

    /**
     * Refuses settings that do not fit the handler of their channel.
     *
     * @throws IllegalArgumentException when they do not
     */
    void check(InboundSettings settings) {
        if (allOf(settings.channel()).size() > 1) {
            throw new IllegalArgumentException("one method handles the messages of a channel, with broadcast=true too;"
                    + " for a copy each, bind two queues to an address");
        }
        var handler = of(settings.channel());
        if (settings.sharesTransactions()
                && !handler.map(HandlerMethods::canShareTransactions).orElse(false)) {
            throw new IllegalArgumentException(
                    "transaction-size is for an @Incoming method that is @Transactional (REQUIRED or"
                            + " REQUIRES_NEW), takes a payload and returns void");
        }
        handler.map(method -> method.getGenericParameterTypes()[0]).ifPresent(parameter -> {
            if (settings.isBatch() && isSingle(parameter)) {
                throw new IllegalArgumentException(
                        "with batch=true a handler takes a List, not " + parameter.getTypeName());
            }
            if (!settings.isBatch() && isList(parameter)) {
                throw new IllegalArgumentException("a handler that takes a List needs batch=true");
            }
        });
    }

    /** How many calls of the handler the framework makes side by side, up to {@code most}. */
    int callsAtOnce(String channel, int most) {
        var isOrdered = of(channel)
                .map(method -> {
                    var blocking = method.getAnnotation(Blocking.class);
                    return blocking == null
                            ? !method.isAnnotationPresent(RunOnVirtualThread.class)
                            : blocking.ordered();
                })
                .orElse(false);
        return isOrdered ? 1 : most;
    }

    /** What is promised of the messages of a channel, and why. */
    record Guarantee(boolean isEffectOnce, String reason) {}

    Guarantee guaranteeOf(String channel) {
        return of(channel)
                .map(HandlerMethods::guaranteeOf)
                .orElseGet(() -> new Guarantee(false, "no @Incoming method handles its messages"));
    }

    private static Guarantee guaranteeOf(Method handler) {
        var name = handler.getDeclaringClass().getSimpleName() + '.' + handler.getName();
        return transactionOf(handler)
                .map(transaction -> new Guarantee(
                        BEGINNING.contains(transaction.value()),
                        BEGINNING.contains(transaction.value())
                                ? "the transaction of " + name + " removes them"
                                : name + " is @Transactional(" + transaction.value()
                                        + "), which begins no transaction"))
                .orElseGet(() -> new Guarantee(
                        false,
                        name + " is not @Transactional; a transaction that it begins itself commits before they are"
                                + " removed"));
    }

    /** The {@code @Transactional} of a method, of its class, or of a stereotype or an interceptor binding that one of both bears. */
    static Optional<Transactional> transactionOf(Method handler) {
        return transactionAmong(handler.getAnnotations(), new HashSet<>())
                .or(() -> transactionAmong(handler.getDeclaringClass().getAnnotations(), new HashSet<>()));
    }

    private static Optional<Transactional> transactionAmong(Annotation[] annotations, Set<Class<?>> seen) {
        for (var annotation : annotations) {
            if (annotation instanceof Transactional transactional) {
                return Optional.of(transactional);
            }
        }
        return Arrays.stream(annotations)
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(Stereotype.class)
                        || type.isAnnotationPresent(InterceptorBinding.class))
                .filter(seen::add)
                .flatMap(type -> transactionAmong(type.getAnnotations(), seen).stream())
                .findFirst();
    }

    private static boolean canShareTransactions(Method handler) {
        var payload = handler.getParameterTypes()[0];
        return transactionOf(handler)
                        .filter(transactional -> BEGINNING.contains(transactional.value()))
                        .isPresent()
                && handler.getReturnType() == void.class
                && payload != Message.class
                && !payload.isAssignableFrom(Batch.class);
    }

    private Optional<Method> of(String channel) {
        return allOf(channel).stream().findFirst();
    }

    private Set<Method> allOf(String channel) {
        return methods.computeIfAbsent(channel, this::find);
    }

    private Set<Method> find(String channel) {
        return beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .flatMap(bean -> Arrays.stream(bean.getBeanClass().getDeclaredMethods()))
                .filter(method ->
                        method.getParameterCount() > 0 && channelsOf(method).contains(channel))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The channels whose messages {@code handler} handles. */
    static Set<String> channelsOf(Method handler) {
        var several = handler.getAnnotation(Incomings.class);
        var incomings = several == null ? handler.getAnnotationsByType(Incoming.class) : several.value();
        return Stream.of(incomings).map(Incoming::value).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isList(Type parameter) {
        return raw(parameter) == List.class || raw(parameter) == Message.class && isList(argumentOf(parameter));
    }

    private static boolean isSingle(Type parameter) {
        return raw(parameter) == Message.class
                ? isSingle(argumentOf(parameter))
                : raw(parameter) instanceof Class<?> type && !type.isAssignableFrom(List.class) && !isStream(type);
    }

    private static boolean isStream(Class<?> type) {
        return Flow.Publisher.class.isAssignableFrom(type);
    }

    static Type raw(Type type) {
        return type instanceof ParameterizedType generic ? generic.getRawType() : type;
    }

    private static Type argumentOf(Type type) {
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : Object.class;
    }

    private static Type itemOf(Type parameter) {
        if (raw(parameter) == Message.class) {
            return itemOf(argumentOf(parameter));
        }
        return raw(parameter) == List.class ? argumentOf(parameter) : Object.class;
    }
}
