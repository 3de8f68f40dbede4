package dev.aegis.messaging.internal.receive;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import org.eclipse.microprofile.reactive.messaging.Message;

/** The methods that handle the messages of each channel, of which the framework tells a connector nothing. */
public class IncomingMethods {

    private static final Set<String> BEGINNING = Set.of("REQUIRED", "REQUIRES_NEW");

    private final Map<String, List<IncomingMethod>> methods;

    public IncomingMethods(List<IncomingMethod> found) {
        methods = found.stream().collect(Collectors.groupingBy(IncomingMethod::channel));
    }

    /** The type of the payload that the handler of {@code channel} takes; {@code Object} when there is none. */
    Type payloadOf(String channel) {
        return of(channel)
                .map(method -> method.method().getGenericParameterTypes()[0])
                .orElse(Object.class);
    }

    /** The type of the items that the handler of {@code channel} takes a list of; {@code Object} when it does not say. */
    Type itemsOf(String channel) {
        return of(channel)
                .map(method -> itemOf(method.method().getGenericParameterTypes()[0]))
                .orElse(Object.class);
    }

    /**
     * Refuses settings that do not fit the handler of their channel.
     *
     * @throws IllegalArgumentException when they do not
     */
    void check(IncomingSettings settings) {
        if (allOf(settings.channel()).size() > 1) {
            throw new IllegalArgumentException("one method handles the messages of a channel, with broadcast=true too;"
                    + " for a copy each, subscribe two queues to a topic");
        }
        var handler = of(settings.channel());
        if (settings.sharesTransactions()
                && !handler.map(IncomingMethods::canShareTransactions).orElse(false)) {
            throw new IllegalArgumentException(
                    "transaction-size is for an @Incoming method that is @Transactional (REQUIRED or"
                            + " REQUIRES_NEW), takes a payload and returns void");
        }
        handler.map(method -> method.method().getGenericParameterTypes()[0]).ifPresent(parameter -> {
            if (settings.isBatch() && isSingle(parameter)) {
                throw new IllegalArgumentException(
                        "with batch=true a handler takes a List, not " + parameter.getTypeName());
            }
            if (!settings.isBatch() && isList(parameter)) {
                throw new IllegalArgumentException("a handler that takes a List needs batch=true");
            }
        });
    }

    /** How many calls of the handler the framework makes side by side, up to {@code limit}. */
    int callsAtOnce(String channel, int limit) {
        return of(channel).map(IncomingMethod::isConcurrent).orElse(true) ? limit : 1;
    }

    /** What is promised of the messages of a channel, and why. */
    public record Guarantee(boolean isEffectOnce, String reason) {}

    public Guarantee guaranteeOf(String channel) {
        return of(channel)
                .map(IncomingMethods::guaranteeOf)
                .orElseGet(() -> new Guarantee(
                        false, "no @Incoming method handles them; they go to a stream or to another connector"));
    }

    private static Guarantee guaranteeOf(IncomingMethod handler) {
        if (handler.transaction() == null) {
            return new Guarantee(
                    false,
                    handler + " is not @Transactional; a transaction that it begins itself commits before they are"
                            + " removed");
        }
        return beginsTransaction(handler)
                ? new Guarantee(true, "the transaction of " + handler + " removes them")
                : new Guarantee(
                        false,
                        handler + " is @Transactional(" + handler.transaction() + "), which begins no transaction");
    }

    private static boolean beginsTransaction(IncomingMethod handler) {
        return handler.transaction() != null && BEGINNING.contains(handler.transaction());
    }

    private static boolean canShareTransactions(IncomingMethod handler) {
        var method = handler.method();
        var payload = method.getParameterTypes()[0];
        return beginsTransaction(handler)
                && method.getReturnType() == void.class
                && payload != Message.class
                && payload != Object.class;
    }

    private Optional<IncomingMethod> of(String channel) {
        return allOf(channel).stream().findFirst();
    }

    private List<IncomingMethod> allOf(String channel) {
        return methods.getOrDefault(channel, List.of());
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
