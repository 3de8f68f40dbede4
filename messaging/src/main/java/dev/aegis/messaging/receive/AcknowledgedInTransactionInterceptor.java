package dev.aegis.messaging.receive;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Runs inside {@code @Transactional}, whose interceptors have the priority {@code PLATFORM_BEFORE + 200}. */
@AcknowledgedInTransaction
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 250)
class AcknowledgedInTransactionInterceptor {

    private final TransactionalAck ack;

    AcknowledgedInTransactionInterceptor(TransactionalAck ack) {
        this.ack = ack;
    }

    @AroundInvoke
    Object handle(InvocationContext handler) throws Exception {
        var delivery = Delivery.current();
        var series = delivery == null ? null : delivery.takeSeries();
        Object result = null;
        if (series == null) {
            result = handler.proceed();
        } else {
            series.handle(handler, ack::isPossible);
        }
        if (delivery != null) {
            // On success the framework acknowledges after the commit, and that ends the delivery.
            ack.acknowledge(delivery, () -> {}, delivery::rolledBack);
        }
        return result;
    }
}
