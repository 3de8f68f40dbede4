package dev.aegis.messaging.internal.receive;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/** Runs inside {@code @Transactional}, whose interceptors have the priority {@code PLATFORM_BEFORE + 200}. */
@AcknowledgedInTransaction
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 250)
class AcknowledgedInTransactionInterceptor {

    private static final Map<Method, Set<String>> CHANNELS = new ConcurrentHashMap<>();

    private final Settlement settlement;

    AcknowledgedInTransactionInterceptor(Settlement settlement) {
        this.settlement = settlement;
    }

    @AroundInvoke
    @Nullable Object handle(InvocationContext handler) throws Exception {
        var delivery = Delivery.current();
        // A handler may call the method of another channel, whose transaction ends before its own.
        if (delivery == null
                || !channels(handler.getMethod()).contains(delivery.settings().channel())
                || !delivery.enter()) {
            return handler.proceed();
        }
        var shared = delivery.takeShared();
        Object result = null;
        if (shared == null) {
            result = handler.proceed();
        } else {
            shared.handle(handler, () -> settlement.canCommit() && !delivery.isSettled());
        }
        settlement.deleteInTransaction(delivery);
        return result;
    }

    private static Set<String> channels(Method handler) {
        return CHANNELS.computeIfAbsent(handler, method -> Stream.of(method.getAnnotationsByType(Incoming.class))
                .map(Incoming::value)
                .collect(Collectors.toUnmodifiableSet()));
    }
}
