package dev.aegis.messaging.internal.receive;

import dev.aegis.messaging.IncomingPostgresqlMetadata;
import jakarta.interceptor.InvocationContext;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Messages that a handler of single ones handles in one transaction. The framework calls it once, with the first of them;
 * the calls for the others are made within that one.
 */
record SharedTransaction(List<Object> payloads, List<IncomingPostgresqlMetadata> metadata) {

    /** Calls {@code handler} for each message, as long as {@code isWorthwhile}. */
    void handle(InvocationContext handler, BooleanSupplier isWorthwhile) throws Exception {
        var parameters = handler.getParameters();
        for (var i = 0; i < payloads.size() && isWorthwhile.getAsBoolean(); i++) {
            Delivery.logAs(metadata.get(i).getId());
            parameters[0] = payloads.get(i);
            for (var other = 1; other < parameters.length; other++) {
                if (parameters[other] instanceof IncomingPostgresqlMetadata) {
                    parameters[other] = metadata.get(i);
                }
            }
            handler.setParameters(parameters);
            handler.proceed();
        }
    }
}
